package dev.sluice.ssh;

import java.util.Map;
import reactor.core.publisher.Mono;

/** A login on an SSH server, with any number of channels. */
public interface SshSession {

  /**
   * Runs a command. Signals {@link dev.sluice.api.ConnectFailed} when the server refuses.
   *
   * @param command for the user's shell at the server
   */
  Mono<SshChannel> exec(String command);

  /** As {@link #exec(String)}; the server may ignore variables. */
  Mono<SshChannel> exec(String command, Map<String, String> environment);

  /** Starts a subsystem, such as {@code sftp}. */
  Mono<SshChannel> subsystem(String name);

  /**
   * A connection from the server to {@code host}, as the server resolves it (direct-tcpip, RFC 4254
   * section 7.2). Signals {@link dev.sluice.api.ConnectFailed} when the server refuses or cannot
   * connect; {@link SshChannel#input} ends where the host's output does.
   */
  Mono<SshChannel> forward(String host, int port);

  /** What was agreed on with the server. */
  SshConnectionInfo info();

  /** Changes the keys now; channels stay open. */
  Mono<Void> rekey();

  /** Ends the session. Never fails. */
  Mono<Void> close();

  /** Completes when the session has ended normally, or signals what ended it. */
  Mono<Void> onClosed();
}
