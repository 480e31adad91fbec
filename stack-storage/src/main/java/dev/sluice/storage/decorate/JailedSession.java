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
import io.netty.buffer.ByteBuf;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session whose root is a directory of another session. */
final class JailedSession implements StorageSession {
  private final StorageSession inner;
  private final JailedPaths paths;

  JailedSession(StorageSession inner, RemotePath root) {
    this.inner = inner;
    this.paths = new JailedPaths(inner, root);
  }

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return follow(path, inner::stat).map(found -> paths.outward(found, path));
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return find(path, inner::lstat).map(found -> paths.outward(found, path));
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return paths
        .follow(directory)
        .flatMapMany(inner::list)
        .map(found -> paths.outward(found, directory.child(found.name())))
        .onErrorMap(FileFailure.class, paths::outward);
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return follow(file, found -> inner.open(found, mode));
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return paths
        .follow(file)
        .flatMapMany(found -> inner.read(found, range))
        .onErrorMap(FileFailure.class, paths::outward);
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return follow(file, found -> inner.write(found, mode, content));
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return follow(file, found -> inner.write(found, mode, content, attributes));
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return find(directory, inner::createDirectory);
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return find(file, inner::deleteFile);
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return notRoot(directory).then(find(directory, inner::deleteDirectory));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return moved(from, to, inner::rename);
  }

  @Override
  public Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return moved(from, to, inner::renameToFree);
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return follow(path, found -> inner.setAttributes(found, change));
  }

  @Override
  public Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return find(link, found -> inner.setLinkAttributes(found, change));
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return find(link, found -> inner.readLink(found).map(target -> shown(link, found, target)));
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return find(
        link, found -> inner.createSymbolicLink(found, paths.stored(found.parent(), link, target)));
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return find(link, name -> follow(existing, found -> inner.createHardLink(name, found)));
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return follow(file, found -> inner.checksum(found, algorithm, range));
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return follow(from, source -> follow(to, target -> inner.copy(source, target)));
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return follow(directory, inner::space);
  }

  @Override
  public Set<Capability> capabilities() {
    return inner.capabilities();
  }

  @Override
  public Mono<Void> close() {
    return inner.close();
  }

  private <T> Mono<T> find(RemotePath path, Function<RemotePath, Mono<T>> verb) {
    return paths.find(path).flatMap(verb).onErrorMap(FileFailure.class, paths::outward);
  }

  private <T> Mono<T> follow(RemotePath path, Function<RemotePath, Mono<T>> verb) {
    return paths.follow(path).flatMap(verb).onErrorMap(FileFailure.class, paths::outward);
  }

  private Mono<Void> moved(
      RemotePath from, RemotePath to, BiFunction<RemotePath, RemotePath, Mono<Void>> verb) {
    return notRoot(from)
        .then(notRoot(to))
        .then(find(from, source -> find(to, target -> verb.apply(source, target))));
  }

  private String shown(RemotePath link, RemotePath found, String target) {
    String shown = paths.shown(found.parent(), target);
    if (shown == null) {
      throw new FileFailure(FileError.PERMISSION_DENIED, link, "the target is outside");
    }
    return shown;
  }

  private static Mono<Void> notRoot(RemotePath path) {
    return path.isRoot()
        ? Mono.error(() -> new FileFailure(FileError.PERMISSION_DENIED, path, "is the root"))
        : Mono.empty();
  }
}
