package dev.sluice.api;

import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The size of the buffers that {@link FileOperations#read} delivers. A reader requests a number of
 * buffers, not their size: operators request up to 256 at a time, and a slow reader holds them all.
 * Buffers therefore have at most {@link #DEFAULT_OCTETS}. They are smaller if many are requested at
 * once, and larger for a reader that asks for larger ones.
 */
public final class ReadSize {
  /** Largest buffer in octets, for a reader that does not set a size. */
  public static final int DEFAULT_OCTETS = 64 * 1024;

  /** For the readers of this project, which request few buffers at a time. */
  public static final int LARGE_OCTETS = 1024 * 1024;

  /** The most octets that a reader gets before it requests more; data read ahead is extra. */
  private static final int GIVEN_OCTETS = 3 * 1024 * 1024;

  private static final int LEAST_OCTETS = 1024;

  private ReadSize() {}

  /**
   * Lets {@code read} deliver buffers of up to {@code octets}.
   *
   * @param octets at least 1024
   */
  public static <T> Flux<T> upTo(int octets, Flux<T> read) {
    if (octets < LEAST_OCTETS) {
      throw new IllegalArgumentException("buffers of " + octets + " octets");
    }
    return read.contextWrite(context -> context.put(ReadSize.class, octets));
  }

  /** {@code context} of a reader that accepts large buffers, for hand-written operators. */
  public static Context large(Context context) {
    return context.put(ReadSize.class, LARGE_OCTETS);
  }

  /** The largest buffer that the reader allows, in octets. */
  public static int of(ContextView context) {
    return context.<Integer>getOrEmpty(ReadSize.class).orElse(DEFAULT_OCTETS);
  }

  /**
   * Largest size of the next buffer, in octets.
   *
   * @param allowed the largest size that the reader allows
   * @param asked the most buffers that it has requested at a time
   */
  public static int within(int allowed, long asked) {
    return asked <= 1 || asked == Long.MAX_VALUE
        ? allowed
        : (int) Math.max(LEAST_OCTETS, Math.min(allowed, GIVEN_OCTETS / asked));
  }
}
