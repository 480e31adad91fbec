package dev.sluice.sftp.server;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import dev.sluice.sftp.SftpServerOptions;
import dev.sluice.ssh.SshCall;
import dev.sluice.ssh.SshService;
import reactor.core.publisher.Mono;

/**
 * SFTP as a subsystem of an SSH server: each call is a session with the tree of its user.
 *
 * @param storage where the files are
 * @param observer hears of requests and transfers
 */
public record SftpSubsystem(Storage storage, SftpServerOptions options, SessionObserver observer)
    implements SshService {
  /** What clients ask for. */
  public static final String NAME = "sftp";

  @Override
  public Mono<Integer> serve(SshCall call) {
    return Mono.usingWhen(
        storage
            .open(call.user())
            .publishOn(call.scheduler())
            .map(files -> new Session(call, files, options, observer)),
        session -> new RequestLoop(session).run(call),
        Session::close);
  }
}
