package dev.sluice.sftp.server;

import dev.sluice.api.StorageUnavailable;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.ssh.SshCall;
import dev.sluice.ssh.SshService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * SFTP as a subsystem of an SSH server: each call is a session with the tree of its user.
 *
 * @param storage where the files are
 * @param observer hears of requests and transfers
 * @param sessions those that have not given back all that they held
 */
record SftpSubsystem(
    Storage storage, SftpServerSettings options, SessionObserver observer, Endings sessions)
    implements SshService {
  /** What clients ask for. */
  public static final String NAME = "sftp";

  private static final Logger LOG = LoggerFactory.getLogger(SftpSubsystem.class);

  SftpSubsystem(Storage storage, SftpServerSettings options, SessionObserver observer) {
    this(storage, options, observer, new Endings());
  }

  @Override
  public Mono<Integer> serve(SshCall call) {
    return Mono.usingWhen(
        storage
            .open(call.user())
            .contextWrite(call.session().withProtocol(NAME).inContext())
            .onErrorResume(failure -> unavailable(failure, call))
            .publishOn(call.scheduler())
            .map(files -> new Open(new Session(call, files, options, observer), sessions.begin())),
        open -> new RequestLoop(open.session).run(call),
        open -> open.session.close().doFinally(how -> open.atEnd.run()));
  }

  @Override
  public Mono<Void> ended() {
    return sessions.all();
  }

  @Override
  public Mono<Void> check() {
    return storage.check();
  }

  /**
   * A session that has not given back all that it held.
   *
   * @param atEnd runs when it has
   */
  private record Open(Session session, Runnable atEnd) {}

  /** If the subsystem only ended, the client would have to guess why. */
  private static Mono<StorageSession> unavailable(Throwable failure, SshCall call) {
    LOG.error(
        "session {}: the files cannot be reached: {}",
        call.session().id(),
        StorageUnavailable.why(failure));
    return call.disconnect(StorageUnavailable.TEXT).then(Mono.empty());
  }
}
