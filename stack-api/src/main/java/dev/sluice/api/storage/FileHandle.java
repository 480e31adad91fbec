package dev.sluice.api.storage;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An open file. Safe for several operations at once; the order of overlapping writes is not
 * defined. {@link #close()} must be called, whatever happened.
 */
public interface FileHandle {

  /** The attributes of the file as it is now, what this handle has written included. */
  Mono<FileAttributes> stat();

  /**
   * Up to {@code length} octets from {@code position}; empty at the end of the file. Fewer octets
   * than asked for do not mean that the end is near. The buffer belongs to the subscriber.
   */
  Mono<ByteBuf> read(long position, int length);

  /**
   * The octets of {@code range}, from front to back, a little ahead of the demand. Signals {@code
   * OUT_OF_RANGE} when it starts beyond the end of the file.
   */
  default Flux<ByteBuf> read(ByteRange range) {
    return HandleStreams.read(this, range);
  }

  /**
   * Writes all of {@code content} at {@code position}; takes the buffer, whatever happens. A handle
   * opened to append ignores the position.
   */
  Mono<Void> write(long position, ByteBuf content);

  /** Cuts the file, or extends it with zeros. */
  Mono<Void> truncate(long size);

  /** Forces what was written to stable storage. */
  Mono<Void> sync();

  /**
   * Puts what was written in place: a handle opened to create or to replace atomically shows its
   * content under the file's name from here on. Further writes are an error.
   */
  Mono<Void> commit();

  /** Releases the file. What was written but not {@linkplain #commit() committed} is discarded. */
  Mono<Void> close();

  /** Whether there is a channel below, for transfers that bypass our buffers. */
  default boolean lends() {
    return false;
  }

  /** The channel below; empty when this handle is closed, and where it {@link #lends} nothing. */
  default Optional<FileLoan> lend() {
    return Optional.empty();
  }
}
