package dev.sluice.api;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What the reader of {@link FileOperations#read} wishes: {@code
 * read.transform(ReadOptions.DEFAULT.readAhead(0)::on)}.
 *
 * <p>A reader requests a number of buffers, not their size: operators request up to 256 at a time,
 * and a slow reader holds them all. Buffers therefore have at most {@code chunk} octets, and fewer
 * if many are requested at once.
 *
 * @param chunk the largest buffer in octets, at least 1024
 * @param readAhead the most octets that are read and not delivered yet, or asked of the peer; the
 *     usual bound of the tree holds as well, and one request is always allowed. FTP does not know
 *     it: its peer sends what the buffers of the sockets hold.
 */
public record ReadOptions(int chunk, long readAhead) {
  /** Buffers of up to 64 KiB; as much read ahead as the path needs. */
  public static final ReadOptions DEFAULT = new ReadOptions(64 * 1024, Long.MAX_VALUE);

  private static final int LARGE_CHUNK = 1024 * 1024;

  /** The most octets that a reader gets before it requests more; data read ahead is extra. */
  private static final int GIVEN_OCTETS = 3 * 1024 * 1024;

  private static final int LEAST_CHUNK = 1024;

  public ReadOptions {
    if (chunk < LEAST_CHUNK) {
      throw new IllegalArgumentException("buffers of " + chunk + " octets");
    }
    if (readAhead < 0) {
      throw new IllegalArgumentException("a read-ahead of " + readAhead + " octets");
    }
  }

  /** These, with buffers of up to {@code octets}. */
  public ReadOptions chunk(int octets) {
    return new ReadOptions(octets, readAhead);
  }

  /** These, with at most {@code octets} read ahead. */
  public ReadOptions readAhead(long octets) {
    return new ReadOptions(chunk, octets);
  }

  /** {@code read} as these say; made for {@link Flux#transform}. */
  public <T> Flux<T> on(Publisher<T> read) {
    return Flux.from(read).contextWrite(context -> context.put(ReadOptions.class, this));
  }

  /** {@code context} of a reader that accepts large buffers, for hand-written operators. */
  public static Context large(Context context) {
    return context.put(ReadOptions.class, of(context).chunk(LARGE_CHUNK));
  }

  /** What the reader wishes. */
  public static ReadOptions of(ContextView context) {
    return context.<ReadOptions>getOrEmpty(ReadOptions.class).orElse(DEFAULT);
  }

  /**
   * Largest size of the next buffer, in octets.
   *
   * @param asked the most buffers that the reader has requested at a time
   */
  public int within(long asked) {
    return asked <= 1 || asked == Long.MAX_VALUE
        ? chunk
        : (int) Math.max(LEAST_CHUNK, Math.min(chunk, GIVEN_OCTETS / asked));
  }
}
