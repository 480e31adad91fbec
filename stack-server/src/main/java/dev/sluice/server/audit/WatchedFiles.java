package dev.sluice.server.audit;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.server.audit.AuditEvent.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The files of a session, and an event for each change. Content passes untouched: sessions report
 * what they transfer.
 */
record WatchedFiles(
    StorageSession inner, SessionRef session, Consumer<AuditEvent> sink, Clock clock)
    implements ForwardingSession {

  /** As an audit has it: {@code ok}, {@code cancelled}, or the error. */
  static String result(Outcome outcome) {
    return switch (outcome.kind()) {
      case COMPLETE -> AuditEvent.OK;
      case CANCELLED -> "cancelled";
      case FAILED -> outcome.error();
    };
  }

  /**
   * A file that cannot be opened is a transfer that never begins. FTP announces an upload before it
   * opens the file, and reports its end.
   */
  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    boolean reads = mode.write() == null;
    boolean announced = !reads && session.protocol().startsWith("ftp");
    return Mono.defer(
        () -> {
          long begun = System.nanoTime();
          return inner
              .open(file, mode)
              .doOnError(
                  cause -> {
                    if (!announced) {
                      Kind kind = reads ? Kind.DOWNLOAD : Kind.UPLOAD;
                      report(kind, file, null, begun, Outcome.failed(cause));
                    }
                  });
        });
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return watched(Kind.MKDIR, directory, null, inner.createDirectory(directory));
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return watched(Kind.DELETE, file, null, inner.deleteFile(file));
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return watched(Kind.RMDIR, directory, null, inner.deleteDirectory(directory));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return watched(Kind.RENAME, from, to.toString(), inner.rename(from, to));
  }

  @Override
  public Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return watched(Kind.RENAME, from, to.toString(), inner.renameToFree(from, to));
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return watched(Kind.SETSTAT, path, null, inner.setAttributes(path, change));
  }

  @Override
  public Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return watched(Kind.SETSTAT, link, null, inner.setLinkAttributes(link, change));
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return watched(Kind.LINK, link, target, inner.createSymbolicLink(link, target));
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return watched(Kind.LINK, link, existing.toString(), inner.createHardLink(link, existing));
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return watched(Kind.COPY, from, to.toString(), inner.copy(from, to));
  }

  private Mono<Void> watched(Kind kind, RemotePath path, @Nullable String target, Mono<Void> work) {
    return Mono.defer(
        () -> {
          long begun = System.nanoTime();
          return work.doOnSuccess(done -> report(kind, path, target, begun, Outcome.COMPLETE))
              .doOnError(cause -> report(kind, path, target, begun, Outcome.failed(cause)))
              .doOnCancel(() -> report(kind, path, target, begun, Outcome.CANCELLED));
        });
  }

  private void report(
      Kind kind, RemotePath path, @Nullable String target, long begun, Outcome outcome) {
    sink.accept(
        new AuditEvent(
            clock.instant(),
            kind,
            session,
            session.user(),
            path.toString(),
            target,
            null,
            Duration.ofNanos(System.nanoTime() - begun),
            result(outcome),
            null));
  }
}
