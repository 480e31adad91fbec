package dev.sluice.testing;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session whose verbs meet the faults of the test first. */
record FaultySession(StorageSession inner, Faults faults) implements ForwardingSession {

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return after(StorageVerb.STAT, ForwardingSession.super.stat(path), path);
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return after(StorageVerb.STAT, ForwardingSession.super.lstat(path), path);
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return faults
        .meet(StorageVerb.LIST, directory)
        .thenMany(ForwardingSession.super.list(directory));
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return after(StorageVerb.OPEN, ForwardingSession.super.open(file, mode), file)
        .map(handle -> new FaultyHandle(handle, faults, file));
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return after(
        StorageVerb.CREATE_DIRECTORY,
        ForwardingSession.super.createDirectory(directory),
        directory);
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return after(StorageVerb.DELETE_FILE, ForwardingSession.super.deleteFile(file), file);
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return after(
        StorageVerb.DELETE_DIRECTORY,
        ForwardingSession.super.deleteDirectory(directory),
        directory);
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return after(StorageVerb.RENAME, ForwardingSession.super.rename(from, to), from, to);
  }

  @Override
  public Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return after(StorageVerb.RENAME, ForwardingSession.super.renameToFree(from, to), from, to);
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return after(
        StorageVerb.SET_ATTRIBUTES, ForwardingSession.super.setAttributes(path, change), path);
  }

  @Override
  public Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return after(
        StorageVerb.SET_ATTRIBUTES, ForwardingSession.super.setLinkAttributes(link, change), link);
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return after(StorageVerb.LINK, ForwardingSession.super.readLink(link), link);
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return after(StorageVerb.LINK, ForwardingSession.super.createSymbolicLink(link, target), link);
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return after(
        StorageVerb.LINK, ForwardingSession.super.createHardLink(link, existing), link, existing);
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return after(
        StorageVerb.CHECKSUM, ForwardingSession.super.checksum(file, algorithm, range), file);
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return after(StorageVerb.COPY, ForwardingSession.super.copy(from, to), from, to);
  }

  private <T> Mono<T> after(StorageVerb verb, Mono<T> call, RemotePath... paths) {
    return faults.meet(verb, paths).then(call);
  }

  /** An open file of the session. */
  record FaultyHandle(FileHandle inner, Faults faults, RemotePath file)
      implements ForwardingHandle {

    @Override
    public Mono<ByteBuf> read(long position, int length) {
      return Mono.defer(
          () -> {
            faults.check(StorageVerb.READ, file);
            int step = faults.step(length);
            return faults
                .pass(step)
                .then(Mono.defer(() -> inner.read(position, step)))
                .doOnNext(octets -> faults.refund(step - octets.readableBytes()));
          });
    }

    @Override
    public Mono<Void> write(long position, ByteBuf content) {
      return Mono.defer(
          () -> {
            int octets = content.readableBytes();
            try {
              faults.check(StorageVerb.WRITE, file);
              faults.take(file, octets);
            } catch (RuntimeException e) {
              content.release();
              throw e;
            }
            return inner.write(position, content).then(faults.pass(octets));
          });
    }

    @Override
    public Mono<Void> truncate(long size) {
      return faults.meet(StorageVerb.SET_ATTRIBUTES, file).then(inner.truncate(size));
    }

    @Override
    public Mono<Void> commit() {
      return faults.meet(StorageVerb.COMMIT, file).then(Mono.defer(inner::commit));
    }
  }
}
