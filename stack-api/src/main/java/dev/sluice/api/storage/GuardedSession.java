package dev.sluice.api.storage;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Right;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A session that asks a {@link Guard} before each verb.
 *
 * <p>Finding out whether a name is taken, and by what, needs no right: a user who may only upload
 * must still find the directory. A user who may create but not overwrite cannot overwrite, even if
 * the file appears after the check.
 */
public final class GuardedSession implements ForwardingSession {
  private final StorageSession inner;
  private final Guard guard;

  /**
   * For a guard that decides by the right alone: it sees the requested paths, and symbolic links
   * may lead these elsewhere.
   */
  public GuardedSession(StorageSession inner, Guard guard) {
    this.inner = inner;
    // A storage resolves relative paths against its root, and its guard must do the same.
    this.guard = (right, path) -> guard.check(right, path.seenFrom(RemotePath.root()));
  }

  @Override
  public StorageSession inner() {
    return inner;
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return check(Right.LIST, directory).thenMany(inner.list(directory));
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    Mono<Void> reading = mode.read() ? check(Right.READ, file) : Mono.empty();
    WriteMode write = mode.write();
    if (write == null) {
      return reading.then(inner.open(file, mode));
    }
    return reading
        .then(admit(file, write))
        .flatMap(admitted -> inner.open(file, mode.withWrite(admitted)))
        .onErrorMap(FileFailure.class, refusal -> explain(file, write, refusal));
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return check(Right.READ, file).thenMany(inner.read(file, range));
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return admit(file, mode)
        .flatMap(admitted -> inner.write(file, admitted, content))
        .onErrorMap(FileFailure.class, refusal -> explain(file, mode, refusal));
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return Mono.defer(
        () ->
            attributes.size() == null && guard.allows(Right.SET_ATTRIBUTES, file)
                ? admit(file, mode)
                    .flatMap(admitted -> inner.write(file, admitted, content, attributes))
                    .onErrorMap(FileFailure.class, refusal -> explain(file, mode, refusal))
                : ForwardingSession.super.write(file, mode, content, attributes));
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return check(Right.CREATE_DIRECTORY, directory).then(inner.createDirectory(directory));
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return check(Right.DELETE, file).then(inner.deleteFile(file));
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return check(Right.DELETE_DIRECTORY, directory).then(inner.deleteDirectory(directory));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return checkRename(from, to).then(checkReplaceable(to)).then(inner.rename(from, to));
  }

  @Override
  public Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return checkRename(from, to).then(inner.renameToFree(from, to));
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    Mono<Void> size = change.size() == null ? Mono.empty() : check(Right.OVERWRITE, path);
    return check(Right.SET_ATTRIBUTES, path).then(size).then(inner.setAttributes(path, change));
  }

  @Override
  public Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return check(Right.SET_ATTRIBUTES, link).then(inner.setLinkAttributes(link, change));
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return check(Right.LINK, link).then(inner.createSymbolicLink(link, target));
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return check(Right.LINK, link)
        .then(check(Right.LINK, existing))
        .then(inner.createHardLink(link, existing));
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return check(Right.READ, file).then(inner.checksum(file, algorithm, range));
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return check(Right.READ, from)
        .then(check(Right.CREATE, to))
        .then(checkReplaceable(to))
        .then(inner.copy(from, to));
  }

  private Mono<Void> check(Right right, RemotePath path) {
    return Mono.fromRunnable(() -> guard.check(right, path));
  }

  /** A guard that decides by path is asked about both. */
  private Mono<Void> checkRename(RemotePath from, RemotePath to) {
    return check(Right.RENAME, from).then(check(Right.RENAME, to));
  }

  /** The mode to write with, which allows no more than the guard does. */
  private Mono<WriteMode> admit(RemotePath file, WriteMode mode) {
    return Mono.defer(
        () -> {
          if (mode instanceof WriteMode.CreateNew) {
            return check(Right.CREATE, file).thenReturn(mode);
          }
          Right change = rightToChange(mode);
          if (!guard.allows(Right.CREATE, file)) {
            return check(change, file)
                .then(inner.stat(file))
                .onErrorMap(FileFailure.class, e -> createRefused(file, e))
                .thenReturn(mode);
          }
          if (guard.allows(change, file)) {
            return Mono.just(mode);
          }
          if (mode instanceof WriteMode.At at && at.offset() > 0) {
            return check(change, file).thenReturn(mode);
          }
          return Mono.just(new WriteMode.CreateNew(isAtomic(mode)));
        });
  }

  private FileFailure createRefused(RemotePath file, FileFailure refusal) {
    return refusal.error() == FileError.NOT_FOUND
        ? refusalOf(Right.CREATE, file, refusal)
        : refusal;
  }

  /**
   * If an existing file is in the way and the user may not change it, the guard's own refusal is
   * signalled.
   */
  private FileFailure explain(RemotePath file, WriteMode mode, FileFailure refusal) {
    boolean inTheWay =
        refusal.error() == FileError.ALREADY_EXISTS && !(mode instanceof WriteMode.CreateNew);
    return inTheWay ? refusalOf(rightToChange(mode), file, refusal) : refusal;
  }

  private FileFailure refusalOf(Right right, RemotePath file, FileFailure otherwise) {
    try {
      guard.check(right, file);
      return otherwise;
    } catch (FileFailure refused) {
      return refused;
    }
  }

  private static boolean isAtomic(WriteMode mode) {
    return mode instanceof WriteMode.Replace replace && replace.atomic();
  }

  private static Right rightToChange(WriteMode mode) {
    return mode instanceof WriteMode.Append ? Right.APPEND : Right.OVERWRITE;
  }

  private Mono<Void> checkReplaceable(RemotePath to) {
    return Mono.defer(
        () ->
            guard.allows(Right.OVERWRITE, to)
                ? Mono.empty()
                : inner
                    .lstat(to)
                    .flatMap(taken -> check(Right.OVERWRITE, to))
                    .onErrorResume(FileFailure.class, GuardedSession::unlessMissing));
  }

  private static Mono<Void> unlessMissing(FileFailure refusal) {
    return refusal.error() == FileError.NOT_FOUND ? Mono.empty() : Mono.error(refusal);
  }
}
