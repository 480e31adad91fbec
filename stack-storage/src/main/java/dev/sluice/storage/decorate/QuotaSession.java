package dev.sluice.storage.decorate;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.decorate.Ledger.Content;
import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session in which files may grow as far as a {@link Ledger} allows. */
final class QuotaSession implements ForwardingSession {
  private final StorageSession inner;
  private final Ledger ledger;
  private final Mono<Void> release;

  /**
   * A session over {@code inner}.
   *
   * @param release runs when the session is closed
   */
  QuotaSession(StorageSession inner, Ledger ledger, Mono<Void> release) {
    this.inner = inner;
    this.ledger = ledger;
    this.release = release;
  }

  @Override
  public StorageSession inner() {
    return inner;
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    WriteMode write = mode.write();
    if (write == null) {
      return inner.open(file, mode);
    }
    return Mono.usingWhen(
        growth(file, write),
        growth ->
            inner
                .open(file, mode)
                .map(handle -> new QuotaHandle(handle, growth, settle(file, growth))),
        opened -> Mono.empty(),
        (growth, failure) -> settle(file, growth),
        growth -> settle(file, growth));
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return inner.read(file, range);
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return Mono.usingWhen(
        growth(file, mode),
        growth -> inner.write(file, mode, counted(growth, content)),
        growth -> settle(file, growth));
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return attributes.size() == null
        ? Mono.usingWhen(
            growth(file, mode),
            growth -> inner.write(file, mode, counted(growth, content), attributes),
            growth -> settle(file, growth))
        : ForwardingSession.super.write(file, mode, content, attributes);
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return freed(file).flatMap(content -> inner.deleteFile(file).then(giveBack(content)));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    Mono<Content> replaced = from.equals(to) ? Mono.just(Content.NONE) : freed(to);
    return replaced.flatMap(content -> inner.rename(from, to).then(giveBack(content)));
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    Long size = change.size();
    if (size == null) {
      return inner.setAttributes(path, change);
    }
    return Mono.usingWhen(
        growth(path, WriteMode.at(0)),
        growth -> reach(growth, size).then(inner.setAttributes(path, change)),
        growth -> settle(path, growth));
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return inner
        .stat(from)
        .flatMap(
            source ->
                Mono.usingWhen(
                    growth(to, WriteMode.replace()),
                    growth -> reach(growth, source.size()).then(inner.copy(from, to)),
                    growth -> settle(to, growth)));
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    if (!inner.capabilities().contains(Capability.SPACE)) {
      return inner.stat(directory).map(there -> new Space(ledger.max(), ledger.left()));
    }
    return inner
        .space(directory)
        .map(
            space ->
                new Space(
                    Math.min(ledger.max(), space.total()), Math.min(ledger.left(), space.free())));
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> more = EnumSet.of(Capability.SPACE);
    more.addAll(inner.capabilities());
    return Set.copyOf(more);
  }

  @Override
  public Mono<Void> close() {
    return inner.close().then(release);
  }

  private Mono<Growth> growth(RemotePath file, WriteMode mode) {
    return content(file).map(before -> Growth.of(ledger, before, mode));
  }

  private Mono<Void> settle(RemotePath file, Growth growth) {
    return content(file).doOnNext(growth::settle).then();
  }

  private static Mono<Void> reach(Growth growth, long size) {
    return Mono.fromRunnable(() -> growth.reach(size));
  }

  private Mono<Void> giveBack(Content content) {
    return Mono.fromRunnable(() -> ledger.correct(-content.octets(), -content.files()));
  }

  /** The file at {@code path}, if there is one. */
  private Mono<Content> content(RemotePath path) {
    return inner
        .stat(path)
        .map(QuotaStorage::content)
        .onErrorResume(FileFailure.class, QuotaSession::none);
  }

  /** What becomes free when the name is removed: nothing while the file has other names. */
  private Mono<Content> freed(RemotePath path) {
    return inner
        .lstat(path)
        .map(entry -> isLastName(entry) ? QuotaStorage.content(entry) : Content.NONE)
        .onErrorResume(FileFailure.class, QuotaSession::none);
  }

  private static boolean isLastName(FileEntry entry) {
    return entry.attributes().links() <= 1;
  }

  private static Mono<Content> none(FileFailure refusal) {
    return refusal.error() == FileError.NOT_FOUND || refusal.error() == FileError.NOT_A_DIRECTORY
        ? Mono.just(Content.NONE)
        : Mono.error(refusal);
  }

  private static Flux<ByteBuf> counted(Growth growth, Publisher<? extends ByteBuf> content) {
    return Flux.<ByteBuf>from(content)
        .map(
            buffer -> {
              try {
                growth.next(buffer.readableBytes());
                return buffer;
              } catch (RuntimeException e) {
                buffer.release();
                throw e;
              }
            });
  }
}
