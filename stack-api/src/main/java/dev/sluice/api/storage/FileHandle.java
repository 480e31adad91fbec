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

  /** The current attributes of the file, including the effects of this handle's writes. */
  Mono<FileAttributes> stat();

  /**
   * Up to {@code length} octets from {@code position}; empty at the end of the file. Fewer octets
   * than requested do not mean the end of the file. The buffer belongs to the subscriber.
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
   * Writes all of {@code content} at {@code position}; takes ownership of the buffer, whatever
   * happens. A handle opened to append ignores the position.
   */
  Mono<Void> write(long position, ByteBuf content);

  /** Cuts the file, or extends it with zeros. */
  Mono<Void> truncate(long size);

  /** Forces the written data to stable storage. */
  Mono<Void> sync();

  /**
   * Puts the written data in place: if the handle was opened to create or to replace atomically,
   * its content is visible under the file's name from now on. Further writes are an error.
   */
  Mono<Void> commit();

  /** Releases the file. Data that was not {@linkplain #commit() committed} is discarded. */
  Mono<Void> close();

  /** Whether this handle has a channel, for transfers that bypass our buffers. */
  default boolean lends() {
    return false;
  }

  /** The channel of the file; empty if this handle is closed, or if it {@link #lends} none. */
  default Optional<FileLoan> lend() {
    return Optional.empty();
  }
}
