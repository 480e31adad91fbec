package dev.sluice.client.pool;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A session that logs in again after it has ended. A verb in progress then fails with the error
 * that ended the session; the next verb logs in again. Verbs that arrive during the login wait for
 * it.
 */
public final class RenewingSession implements FileSession {
  private final Mono<? extends FileSession> connect;

  /**
   * The login of the present session; started when it is first needed, shared by all waiting
   * callers.
   */
  private volatile Mono<Kept<FileSession>> current;

  private volatile Kept<FileSession> newest;
  private volatile boolean closed;

  private RenewingSession(Mono<? extends FileSession> connect, FileSession first) {
    this.connect = connect;
    this.newest = Kept.of(first);
    this.current = Mono.just(newest);
  }

  /**
   * Logs in for the first time.
   *
   * @param connect opens a session with each subscription, as {@link
   *     dev.sluice.api.FileClient#connect}
   */
  public static Mono<FileSession> of(Mono<? extends FileSession> connect) {
    return connect.map(first -> new RenewingSession(connect, first));
  }

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return one(session -> session.stat(path));
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return one(session -> session.lstat(path));
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return session().flatMapMany(session -> session.list(directory));
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return session().flatMapMany(session -> session.read(file, range));
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return one(session -> session.write(file, mode, content));
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return one(session -> session.write(file, mode, content, attributes));
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return one(session -> session.createDirectory(directory));
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return one(session -> session.deleteFile(file));
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return one(session -> session.deleteDirectory(directory));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return one(session -> session.rename(from, to));
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return one(session -> session.setAttributes(path, change));
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return one(session -> session.readLink(link));
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return one(session -> session.createSymbolicLink(link, target));
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return one(session -> session.createHardLink(link, existing));
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return one(session -> session.checksum(file, algorithm, range));
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return one(session -> session.copy(from, to));
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return one(session -> session.space(directory));
  }

  @Override
  public Mono<RemotePath> home() {
    return one(FileSession::home);
  }

  /** Those of the latest session. */
  @Override
  public Set<Capability> capabilities() {
    return last().capabilities();
  }

  /** Of the latest session. */
  @Override
  public SessionInfo info() {
    return last().info();
  }

  @Override
  public Mono<Void> close() {
    return Mono.defer(
        () -> {
          closed = true;
          return last().close();
        });
  }

  /** Of the latest session. */
  @Override
  public Mono<Void> onClosed() {
    return Mono.defer(() -> last().onClosed());
  }

  private <T> Mono<T> one(Function<FileSession, Mono<T>> verb) {
    return session().flatMap(verb);
  }

  private Mono<FileSession> session() {
    return Mono.defer(
        () -> {
          if (closed) {
            return Mono.error(new SessionClosed("the session was closed"));
          }
          Mono<Kept<FileSession>> login = current;
          return login
              .doOnError(failed -> renew(login))
              .flatMap(
                  kept -> {
                    if (!kept.hasEnded()) {
                      return Mono.just(kept.session());
                    }
                    renew(login);
                    return session();
                  });
        });
  }

  private synchronized void renew(Mono<Kept<FileSession>> spent) {
    if (current == spent) {
      current = login();
    }
  }

  private Mono<Kept<FileSession>> login() {
    return connect.map(this::keep).cache();
  }

  private Kept<FileSession> keep(FileSession made) {
    Kept<FileSession> kept = Kept.of(made);
    newest = kept;
    if (closed) {
      made.close().timeout(SessionPool.CLOSE_TIME).onErrorComplete().subscribe();
    }
    return kept;
  }

  private FileSession last() {
    return newest.session();
  }
}
