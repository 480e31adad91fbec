package dev.sluice.api;

import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * How large the buffers are that {@link FileOperations#read} delivers. A reader says how many it
 * takes, never how large: operators ask for up to 256 at a time, and a slow reader holds them all.
 * So they are {@link #DEFAULT_OCTETS} at most, smaller where many are asked for at once, and larger
 * for a reader that wants them.
 */
public final class ReadSize {
  /** Octets of a buffer at most, for a reader that says nothing. */
  public static final int DEFAULT_OCTETS = 64 * 1024;

  /** For the readers of this project, which ask for few at a time. */
  public static final int LARGE_OCTETS = 1024 * 1024;

  /** What a reader is given at most before it asks again; what is read ahead comes on top. */
  private static final int GIVEN_OCTETS = 3 * 1024 * 1024;

  private static final int LEAST_OCTETS = 1024;

  private ReadSize() {}

  /**
   * Lets {@code read} deliver buffers of up to {@code octets}.
   *
   * @param octets 1024 at least
   */
  public static <T> Flux<T> upTo(int octets, Flux<T> read) {
    if (octets < LEAST_OCTETS) {
      throw new IllegalArgumentException("buffers of " + octets + " octets");
    }
    return read.contextWrite(context -> context.put(ReadSize.class, octets));
  }

  /** {@code context} of a reader that takes large buffers, for operators written by hand. */
  public static Context large(Context context) {
    return context.put(ReadSize.class, LARGE_OCTETS);
  }

  /** What the reader allows. */
  public static int of(ContextView context) {
    return context.<Integer>getOrEmpty(ReadSize.class).orElse(DEFAULT_OCTETS);
  }

  /**
   * Octets of the next buffer at most.
   *
   * @param allowed what the reader allows
   * @param asked the most buffers that it has asked for at a time
   */
  public static int within(int allowed, long asked) {
    return asked <= 1 || asked == Long.MAX_VALUE
        ? allowed
        : (int) Math.max(LEAST_OCTETS, Math.min(allowed, GIVEN_OCTETS / asked));
  }
}
