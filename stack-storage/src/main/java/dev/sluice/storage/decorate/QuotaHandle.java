package dev.sluice.storage.decorate;

import dev.sluice.api.ByteRange;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.FileLoan;
import dev.sluice.api.storage.ForwardingHandle;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An open file whose growth counts against a quota.
 *
 * @param settle corrects the count by the final size of the file
 */
record QuotaHandle(FileHandle inner, Growth growth, Mono<Void> settle) implements ForwardingHandle {

  @Override
  public Flux<ByteBuf> read(ByteRange range) {
    return inner.read(range);
  }

  @Override
  public Mono<Void> write(long position, ByteBuf content) {
    return Mono.defer(
        () -> {
          try {
            growth.write(position, content.readableBytes());
          } catch (RuntimeException e) {
            content.release();
            throw e;
          }
          return inner.write(position, content);
        });
  }

  @Override
  public Mono<Void> truncate(long size) {
    return Mono.<Void>fromRunnable(() -> growth.reach(size)).then(inner.truncate(size));
  }

  @Override
  public Mono<Void> close() {
    return inner.close().then(settle);
  }

  @Override
  public boolean lends() {
    return inner.lends();
  }

  @Override
  public Optional<FileLoan> lend() {
    return inner.lend();
  }
}
