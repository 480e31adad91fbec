package dev.sluice.storage.decorate;

import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingHandle;
import dev.sluice.api.storage.OpenMode;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/**
 * An open file whose octets are counted until it is closed.
 *
 * @param result so far: a file that is written has been given up until it is committed
 */
record AuditedHandle(FileHandle inner, Auditor.Entry entry, AtomicReference<String> result)
    implements ForwardingHandle {

  static AuditedHandle of(FileHandle inner, OpenMode mode, Auditor.Entry entry) {
    String result = mode.write() == null ? Auditor.OK : Auditor.CANCELLED;
    return new AuditedHandle(inner, entry, new AtomicReference<>(result));
  }

  @Override
  public Mono<ByteBuf> read(long position, int length) {
    return inner
        .read(position, length)
        .doOnNext(octets -> entry.moved(octets.readableBytes()))
        .doOnError(this::failed);
  }

  @Override
  public Mono<Void> write(long position, ByteBuf content) {
    int octets = content.readableBytes();
    return inner
        .write(position, content)
        .doOnSuccess(done -> entry.moved(octets))
        .doOnError(this::failed);
  }

  @Override
  public Mono<Void> truncate(long size) {
    return inner.truncate(size).doOnError(this::failed);
  }

  @Override
  public Mono<Void> commit() {
    return inner
        .commit()
        .doOnSuccess(done -> result.compareAndSet(Auditor.CANCELLED, Auditor.OK))
        .doOnError(this::failed);
  }

  @Override
  public Mono<Void> close() {
    return inner
        .close()
        .doOnError(this::failed)
        .doFinally(how -> entry.end(Objects.requireNonNull(result.get())));
  }

  private void failed(Throwable cause) {
    result.set(Auditor.result(cause));
  }
}
