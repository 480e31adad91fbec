package dev.sluice.ssh.client;

import dev.sluice.ssh.ConfiguredTrust;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.SshOptions;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.config.HostConfig;
import dev.sluice.ssh.config.SshConfig;
import dev.sluice.ssh.wire.SshViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes sessions with one SSH server. Immutable: every setting returns another client.
 *
 * <pre>{@code
 * SshClient.create("host").user("ann").credential(Credential.password("secret"))
 *     .hostKeys(HostKeyPolicy.pinned("SHA256:…"))
 *     .connect();
 * }</pre>
 *
 * <p>{@link #connect()} signals {@link dev.sluice.api.ConnectFailed}, {@link HostKeyRefused},
 * {@link dev.sluice.api.AuthenticationFailed}, {@link SshViolation} and {@link
 * dev.sluice.api.TimedOut}.
 */
public final class SshClient {
  /** Where SSH servers listen. */
  public static final int DEFAULT_PORT = 22;

  private final String host;
  private final int port;
  private final String user;
  private final List<Credential> credentials;
  private final @Nullable HostKeyPolicy hostKeys;
  private final SshOptions options;
  private final @Nullable SshClient jump;

  private SshClient(
      String host,
      int port,
      String user,
      List<Credential> credentials,
      @Nullable HostKeyPolicy hostKeys,
      SshOptions options,
      @Nullable SshClient jump) {
    this.host = host;
    this.port = port;
    this.user = user;
    this.credentials = List.copyOf(credentials);
    this.hostKeys = hostKeys;
    this.options = options;
    this.jump = jump;
  }

  /**
   * A client for a server.
   *
   * @param host a name or an address, IPv6 without brackets
   */
  public static SshClient create(String host) {
    return new SshClient(host, DEFAULT_PORT, "", List.of(), null, SshOptions.DEFAULT, null);
  }

  /**
   * A client for a host as ssh_config(5) describes it: where it is and who logs in, which host keys
   * are trusted, what is proved with, and which algorithms are offered. {@code
   * StrictHostKeyChecking ask} refuses a host that is not on record. What has no effect here goes
   * to {@link SshOptions#warnings}, and can be read from {@link
   * dev.sluice.ssh.config.HostConfig#warnings}.
   *
   * @param host as the user calls it
   * @param each adds what the file does not say, passwords above all; asked for every jump host on
   *     the way too
   * @throws IllegalArgumentException for a value that makes no sense, and for a setting that
   *     narrows trust and is not supported
   */
  public static SshClient configured(SshConfig config, String host, UnaryOperator<SshClient> each) {
    return configured(
        config,
        host,
        settings ->
            ConfiguredTrust.policy(settings, ConfiguredTrust.records(settings), Optional.empty()),
        each);
  }

  /**
   * As the other {@code configured}, with another trust in host keys.
   *
   * @param trust asked for the host and for every jump host, with its settings; see {@link
   *     ConfiguredTrust}
   */
  public static SshClient configured(
      SshConfig config,
      String host,
      Function<HostConfig, HostKeyPolicy> trust,
      UnaryOperator<SshClient> each) {
    return new ConfiguredHosts(config, trust, each).client(host);
  }

  public SshClient port(int newPort) {
    if (newPort < 1 || newPort > 65535) {
      throw new IllegalArgumentException("port " + newPort);
    }
    return new SshClient(host, newPort, user, credentials, hostKeys, options, jump);
  }

  public SshClient user(String name) {
    return new SshClient(host, port, name, credentials, hostKeys, options, jump);
  }

  /** Adds something to prove oneself with; tried in the order in which they were added. */
  public SshClient credential(Credential another) {
    List<Credential> more = new ArrayList<>(credentials);
    more.add(another);
    return new SshClient(host, port, user, more, hostKeys, options, jump);
  }

  SshClient credentials(UnaryOperator<List<Credential>> change) {
    return new SshClient(host, port, user, change.apply(credentials), hostKeys, options, jump);
  }

  /** Which host keys are trusted; there is no default. */
  public SshClient hostKeys(HostKeyPolicy policy) {
    return new SshClient(host, port, user, credentials, policy, options, jump);
  }

  public SshClient options(UnaryOperator<SshOptions> change) {
    return new SshClient(host, port, user, credentials, hostKeys, change.apply(options), jump);
  }

  /**
   * Connects through a session of {@code newJump}'s, made for this one and ended with it: the jump
   * host forwards octets and can neither read nor change them.
   */
  public SshClient through(SshClient newJump) {
    return new SshClient(host, port, user, credentials, hostKeys, options, newJump);
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** Who logs in. */
  public String user() {
    return user;
  }

  public SshOptions options() {
    return options;
  }

  /** Connects and logs in. Cancelling before the session arrives closes the connection. */
  public Mono<SshSession> connect() {
    return Mono.defer(() -> opening().open());
  }

  private SessionOpening opening() {
    if (hostKeys == null) {
      throw new IllegalStateException(
          "say which host keys of " + host + " to trust: call hostKeys(...)");
    }
    SessionOpening jumpOpening = jump == null ? null : jump.opening();
    return new SessionOpening(host, port, user, credentials, hostKeys, options, jumpOpening);
  }
}
