package dev.sluice.ssh.client;

import dev.sluice.ssh.ConfiguredTrust;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.Keepalive;
import dev.sluice.ssh.SshClientSettings;
import dev.sluice.ssh.SshLimits;
import dev.sluice.ssh.SshSecurity;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.SshTimeouts;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.config.HostConfig;
import dev.sluice.ssh.config.SshConfig;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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

  private final SshClientSettings settings;

  private SshClient(SshClientSettings settings) {
    this.settings = settings;
  }

  /**
   * A client for a server.
   *
   * @param host a name or an address, IPv6 without brackets
   */
  public static SshClient create(String host) {
    return new SshClient(SshClientSettings.of(host));
  }

  /**
   * A client for a host as ssh_config(5) describes it: where it is and which user logs in, which
   * host keys are trusted, which credentials are used, and which algorithms are offered. {@code
   * StrictHostKeyChecking ask} refuses a host that is not on record. Settings without effect here
   * go to {@link SshClientSettings#warnings}, and can be read from {@link
   * dev.sluice.ssh.config.HostConfig#warnings}.
   *
   * @param host as the user calls it
   * @param each adds what the file does not say, above all passwords; called for every jump host on
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
   * @param trust called for the host and for every jump host, with its settings; see {@link
   *     ConfiguredTrust}
   */
  public static SshClient configured(
      SshConfig config,
      String host,
      Function<HostConfig, HostKeyPolicy> trust,
      UnaryOperator<SshClient> each) {
    return new ConfiguredHosts(config, trust, each).client(host);
  }

  /** Connects to this port, 1 to 65535, instead of 22. */
  public SshClient port(int number) {
    return new SshClient(settings.withPort(number));
  }

  public SshClient user(String name) {
    return new SshClient(settings.withUser(name));
  }

  /** Adds a credential. Credentials are tried in the order in which they were added. */
  public SshClient credential(Credential another) {
    List<Credential> more = new ArrayList<>(settings.credentials());
    more.add(another);
    return new SshClient(settings.withCredentials(more));
  }

  SshClient credentials(UnaryOperator<List<Credential>> change) {
    return new SshClient(settings.withCredentials(change.apply(settings.credentials())));
  }

  /** Which host keys are trusted; there is no default. */
  public SshClient hostKeys(HostKeyPolicy policy) {
    return new SshClient(settings.withHostKeys(policy));
  }

  /**
   * Connects through a session of {@code jump}, which is made for this one and ends with it: the
   * jump host forwards octets and can neither read nor change them.
   */
  public SshClient through(SshClient jump) {
    return new SshClient(settings.withJump(jump.settings));
  }

  /** Changes what protects a connection. */
  public SshClient security(UnaryOperator<SshSecurity> change) {
    return new SshClient(settings.withSecurity(change.apply(settings.security())));
  }

  /** Changes the longest waits. */
  public SshClient timeouts(UnaryOperator<SshTimeouts> change) {
    return new SshClient(settings.withTimeouts(change.apply(settings.timeouts())));
  }

  /** Changes what is accepted from the server. */
  public SshClient limits(UnaryOperator<SshLimits> change) {
    return new SshClient(settings.withLimits(change.apply(settings.limits())));
  }

  /** Changes how much the server may send ahead. */
  public SshClient windows(UnaryOperator<WindowLimits> change) {
    return new SshClient(settings.withWindows(change.apply(settings.windows())));
  }

  /** Changes how a silent server is checked for life. */
  public SshClient keepalive(UnaryOperator<Keepalive> change) {
    return new SshClient(settings.withKeepalive(change.apply(settings.keepalive())));
  }

  /** The name in the identification line (RFC 4253 section 4.2). */
  public SshClient software(String name) {
    return new SshClient(settings.withSoftware(name));
  }

  /** Changes the sockets. With a jump host, the sockets of that host's client count too. */
  public SshClient transport(UnaryOperator<Transport> change) {
    return new SshClient(settings.withTransport(change.apply(settings.transport())));
  }

  /**
   * Receives, instead of the log, what the user should know and is not an error. Must not block.
   */
  public SshClient warnings(Consumer<String> reader) {
    return new SshClient(settings.withWarnings(reader));
  }

  /** Also gives the names of all messages to {@code another} reader. */
  public SshClient trace(Consumer<String> another) {
    return new SshClient(settings.withTrace(settings.trace().andThen(another)));
  }

  /** All settings: those that were set, and the defaults of the rest. */
  public SshClientSettings settings() {
    return settings;
  }

  /** Connects and logs in. Cancelling before the session arrives closes the connection. */
  public Mono<SshSession> connect() {
    return Mono.defer(() -> opening().open());
  }

  private SessionOpening opening() {
    HostKeyPolicy hostKeys = settings.hostKeys();
    if (hostKeys == null) {
      throw new IllegalStateException(
          "say which host keys of " + settings.host() + " to trust: call hostKeys(...)");
    }
    SshClientSettings jump = settings.jump();
    return new SessionOpening(
        settings, hostKeys, jump == null ? null : new SshClient(jump).opening());
  }
}
