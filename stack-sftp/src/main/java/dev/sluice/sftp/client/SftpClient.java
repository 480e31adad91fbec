package dev.sluice.sftp.client;

import dev.sluice.api.FileClient;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.sftp.SftpOptions;
import dev.sluice.sftp.SftpSession;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshOptions;
import dev.sluice.ssh.client.SshClient;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Makes sessions with one SFTP server. Immutable: every setting returns another client.
 *
 * <pre>{@code
 * SftpClient.create("host").user("ann").credential(Credential.password("secret"))
 *     .hostKeys(HostKeyPolicy.pinned("SHA256:…"))
 *     .connect();
 * }</pre>
 *
 * <p>{@link #connect()} signals what {@link SshClient#connect()} does, {@link
 * dev.sluice.api.ConnectFailed} when the server has no SFTP, and {@link
 * dev.sluice.api.PeerMisbehaved} when it speaks a version that is not spoken here.
 */
public final class SftpClient implements FileClient {
  private final SshClient ssh;
  private final SftpOptions options;
  private final SessionObserver observer;

  private SftpClient(SshClient ssh, SftpOptions options, SessionObserver observer) {
    this.ssh = ssh;
    this.options = options;
    this.observer = observer;
  }

  /**
   * A client for a server.
   *
   * @param host a name or an address, IPv6 without brackets
   */
  public static SftpClient create(String host) {
    return over(SshClient.create(host));
  }

  /** A client for a server that is reached and logged in to as {@code ssh} does it. */
  public static SftpClient over(SshClient ssh) {
    return new SftpClient(ssh, SftpOptions.DEFAULT.withSsh(ssh.options()), SessionObserver.NONE);
  }

  public SftpClient port(int newPort) {
    return new SftpClient(ssh.port(newPort), options, observer);
  }

  public SftpClient user(String name) {
    return new SftpClient(ssh.user(name), options, observer);
  }

  /** Adds something to prove oneself with; tried in the order in which they were added. */
  public SftpClient credential(Credential another) {
    return new SftpClient(ssh.credential(another), options, observer);
  }

  /** Which host keys are trusted; there is no default. */
  public SftpClient hostKeys(HostKeyPolicy policy) {
    return new SftpClient(ssh.hostKeys(policy), options, observer);
  }

  /**
   * Sets the options. Where those of SSH in them are {@link SshOptions#DEFAULT}, what was set on
   * the client given to {@link #over} stays.
   */
  public SftpClient options(SftpOptions newOptions) {
    boolean leavesSsh = newOptions.ssh().equals(SshOptions.DEFAULT);
    SftpOptions all = leavesSsh ? newOptions.withSsh(options.ssh()) : newOptions;
    return new SftpClient(ssh, all, observer);
  }

  public SftpClient options(UnaryOperator<SftpOptions> change) {
    return options(change.apply(options));
  }

  /** Lets {@code another} observer hear what happens in the sessions, besides those before it. */
  public SftpClient observer(SessionObserver another) {
    return new SftpClient(ssh, options, observer.and(another));
  }

  /** How the client behaves. */
  public SftpOptions options() {
    return options;
  }

  @Override
  public Mono<SftpSession> connect() {
    return SessionOpening.open(ssh.options(before -> options.ssh()), options, observer);
  }
}
