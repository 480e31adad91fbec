package dev.sluice.storage.decorate;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.decorate.MountTable.Place;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A session whose verbs go to the tree that a path belongs to.
 *
 * @param around the tree without mounts, whose capabilities are announced
 */
record MountedSession(StorageSession around, MountTable mounts) implements StorageSession {

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return shown(path, StorageSession::stat);
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return shown(path, StorageSession::lstat);
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    Place place = mounts.find(directory);
    Set<String> names = mounts.namesIn(directory);
    Flux<FileEntry> found =
        place
            .session()
            .flatMapMany(session -> session.list(place.path()))
            .filter(entry -> !names.contains(entry.name()))
            .map(entry -> place.outward(entry, directory.child(entry.name())))
            .onErrorMap(FileFailure.class, refusal -> refusal.of(directory));
    return (names.isEmpty()
            ? found
            : found.onErrorResume(MountedSession::isMissing, e -> Flux.empty()))
        .concatWith(
            Flux.fromIterable(names).map(name -> MountTable.directory(directory.child(name))));
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return on(file, (session, path) -> session.open(path, mode));
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    Place place = mounts.find(file);
    return place
        .session()
        .flatMapMany(session -> session.read(place.path(), range))
        .onErrorMap(FileFailure.class, refusal -> refusal.of(file));
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return write(file, mode, content, AttributeChange.none());
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return on(file, (session, path) -> session.write(path, mode, content, attributes));
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return loose(directory, FileError.ALREADY_EXISTS)
        .then(on(directory, StorageSession::createDirectory));
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return loose(file, FileError.IS_A_DIRECTORY).then(on(file, StorageSession::deleteFile));
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return loose(directory, FileError.PERMISSION_DENIED)
        .then(on(directory, StorageSession::deleteDirectory));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return within("rename", from, to, session -> session::rename);
  }

  @Override
  public Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return within("rename", from, to, session -> session::renameToFree);
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return on(path, (session, found) -> session.setAttributes(found, change));
  }

  @Override
  public Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return on(link, (session, found) -> session.setLinkAttributes(found, change));
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return on(link, StorageSession::readLink).map(mounts.find(link)::shown);
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return on(
        link,
        (session, path) -> session.createSymbolicLink(path, mounts.find(link).stored(target)));
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return within("link", link, existing, session -> session::createHardLink);
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return on(file, (session, path) -> session.checksum(path, algorithm, range));
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return mounts.find(from).mount().equals(mounts.find(to).mount())
        ? within("copy", from, to, session -> session::copy)
        : stat(from).then(write(to, WriteMode.replace(), read(from, ByteRange.all())));
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return on(directory, StorageSession::space);
  }

  @Override
  public Set<Capability> capabilities() {
    return around.capabilities();
  }

  @Override
  public Mono<Void> close() {
    return mounts.close();
  }

  private Mono<FileEntry> shown(
      RemotePath path, BiFunction<StorageSession, RemotePath, Mono<FileEntry>> verb) {
    Place place = mounts.find(path);
    Mono<FileEntry> found = on(path, verb).map(entry -> place.outward(entry, path));
    return mounts.isFixed(path)
        ? found.onErrorResume(MountedSession::isMissing, e -> Mono.just(MountTable.directory(path)))
        : found;
  }

  private <T> Mono<T> on(RemotePath path, BiFunction<StorageSession, RemotePath, Mono<T>> verb) {
    return Mono.defer(
        () -> {
          Place place = mounts.find(path);
          return place
              .session()
              .flatMap(session -> verb.apply(session, place.path()))
              .onErrorMap(FileFailure.class, refusal -> refusal.of(path));
        });
  }

  private Mono<Void> within(
      String verb,
      RemotePath from,
      RemotePath to,
      Function<StorageSession, BiFunction<RemotePath, RemotePath, Mono<Void>>> way) {
    return loose(from, FileError.PERMISSION_DENIED)
        .then(loose(to, FileError.PERMISSION_DENIED))
        .then(
            Mono.defer(
                () -> {
                  Place target = mounts.find(to);
                  if (!mounts.find(from).mount().equals(target.mount())) {
                    throw new FileFailure(
                        FileError.UNSUPPORTED,
                        from,
                        verb + " from one mount to another; copy it instead");
                  }
                  return on(from, (session, path) -> way.apply(session).apply(path, target.path()));
                }));
  }

  /** Refuses what would move or remove a mount. */
  private Mono<Void> loose(RemotePath path, FileError refusal) {
    return Mono.fromRunnable(
        () -> {
          if (mounts.isFixed(path)) {
            throw new FileFailure(refusal, path, "something is mounted here");
          }
        });
  }

  private static boolean isMissing(Throwable failure) {
    return failure instanceof FileFailure refused && refused.error() == FileError.NOT_FOUND;
  }
}
