package dev.sluice.sftp.server;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.transport.io.TransferWatch;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A file that a client has opened. On the session's thread. */
final class OpenFile implements OpenHandle {
  private final StorageSession files;
  private final FileHandle handle;
  private final OpenHow how;
  private RemotePath path;
  private boolean aside;
  private long position;
  private @Nullable TransferWatch watch;
  private AttributeChange later = AttributeChange.none();
  private @Nullable Throwable failure;
  private @Nullable Throwable readFailure;
  private boolean readToEnd;

  /**
   * @param aside whether the file appears under its name only after it is committed
   */
  OpenFile(StorageSession files, FileHandle handle, RemotePath path, OpenHow how, boolean aside) {
    this.files = files;
    this.handle = handle;
    this.path = path;
    this.how = how;
    this.aside = aside;
  }

  FileHandle handle() {
    return handle;
  }

  /** Where the file is, as far as this session has moved it. */
  RemotePath path() {
    return path;
  }

  OpenHow how() {
    return how;
  }

  /** Whether offsets are ignored. */
  boolean isText() {
    return how.has(OpenHow.FLAG_TEXT);
  }

  /** Where reading or writing continues in a file that was opened as text. */
  long position() {
    return position;
  }

  void moveTo(long newPosition) {
    position = newPosition;
  }

  /** Whether the client means to fill it. */
  boolean isFresh() {
    return how.writes() && how.disposition() != Disposition.OPEN_EXISTING;
  }

  /** Content moves from here on; a transfer that has begun continues. */
  void begun(Direction direction, Session session) {
    if (watch == null) {
      watch = session.watch(direction, path);
    }
  }

  void moved(long octets) {
    if (watch != null) {
      watch.moved(octets);
    }
  }

  /** The client has been told that there is no more to read. */
  void readToEnd() {
    readToEnd = true;
  }

  /** A READ has failed, and not for the end of the file. */
  void readFailed(Throwable cause) {
    readFailure = cause;
  }

  /** A WRITE has failed: what is there now is not what the client meant. */
  void writeFailed(Throwable cause) {
    failure = cause;
  }

  void renamed(RemotePath from, RemotePath to) {
    if (path.startsWith(from)) {
      path = to.append(path.relativeTo(from));
    }
  }

  @Override
  public Scope scope() {
    return Scope.of(path);
  }

  /** Changes the file: changes by its name wait until it has that name. */
  Mono<Void> change(AttributeChange change, Session session) {
    Long size = change.size();
    Mono<Void> resized = size == null ? Mono.empty() : handle.truncate(size);
    AttributeChange rest = Attributes.withoutSize(change);
    if (aside) {
      later = Attributes.both(later, rest);
      return resized;
    }
    return Settings.both(resized, Settings.apply(path, rest, session));
  }

  /**
   * Gives the file its name before it is closed, for a client that already uses the name. Writing
   * continues in place.
   */
  Mono<Void> publish(Session session) {
    return Mono.defer(
        () -> {
          if (!aside || failure != null) {
            return Mono.empty();
          }
          aside = false;
          return handle
              .commit()
              .then(Mono.defer(() -> Settings.apply(path, later, session)))
              .doOnSuccess(done -> later = AttributeChange.none());
        });
  }

  /** Whether the file has another name than {@link #path()} until it is closed. */
  boolean isAside() {
    return aside;
  }

  /**
   * Puts what was written in place and gives the file back, even if that fails. An incomplete file
   * never takes the place of a complete one.
   */
  Mono<Void> close(Session session) {
    Throwable incomplete = failure;
    if (aside && incomplete != null) {
      return abandon().then(Mono.error(incomplete));
    }
    Mono<Void> commit = how.writes() || aside ? handle.commit() : Mono.empty();
    return commit
        .then(Mono.defer(() -> Settings.apply(path, later, session)))
        .onErrorResume(failure -> abandon().then(Mono.error(failure)))
        .then(Mono.defer(this::abandon));
  }

  @Override
  public Mono<Void> abandon() {
    return how.has(OpenHow.FLAG_DELETE_ON_CLOSE)
        ? handle.close().then(Mono.defer(() -> files.deleteFile(path)).onErrorComplete())
        : handle.close();
  }

  /** The session ends with the file open; a client that has read all of it may omit the CLOSE. */
  void leftOpen() {
    ended(readToEnd && !how.writes() ? Outcome.COMPLETE : Outcome.CANCELLED);
  }

  /** No more content moves. A transfer is complete only if it had no failure. */
  void ended(Outcome outcome) {
    Throwable cause = failure == null ? readFailure : failure;
    if (watch != null) {
      watch.end(cause == null ? outcome : Outcome.failed(cause));
    }
  }
}
