package dev.sluice.api.storage;

import dev.sluice.api.FileAttributes;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Mono;

/**
 * An open file that passes its verbs on; a decorator overrides those that it changes. It streams
 * through {@link #read(long, int)} and lends no channel, so that nothing gets past a decorator that
 * does not say so.
 */
public interface ForwardingHandle extends FileHandle {

  /** The file that does the work. */
  FileHandle inner();

  @Override
  default Mono<FileAttributes> stat() {
    return inner().stat();
  }

  @Override
  default Mono<ByteBuf> read(long position, int length) {
    return inner().read(position, length);
  }

  @Override
  default Mono<Void> write(long position, ByteBuf content) {
    return inner().write(position, content);
  }

  @Override
  default Mono<Void> truncate(long size) {
    return inner().truncate(size);
  }

  @Override
  default Mono<Void> sync() {
    return inner().sync();
  }

  @Override
  default Mono<Void> commit() {
    return inner().commit();
  }

  @Override
  default Mono<Void> close() {
    return inner().close();
  }
}
