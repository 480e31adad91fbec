package dev.sluice.transport.connect;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.transport.Proxy;
import dev.sluice.transport.Transport;
import dev.sluice.transport.connect.SshSettings.KeyFile;
import dev.sluice.transport.observe.Metrics;
import dev.sluice.transport.observe.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a client is made with, whatever its protocol. A setting that the protocol cannot use is an
 * error when the client is made. No secret is shown by {@code toString}.
 *
 * @param login who logs in
 * @param ssh what a user of SSH proves their identity with, and what is known of hosts
 * @param hosts which host keys are trusted; null = those in {@code ~/.ssh/known_hosts} and {@code
 *     /etc/ssh/ssh_known_hosts}
 * @param tls whom a client of TLS trusts, and what it shows
 * @param timeouts the longest waits
 * @param transport the sockets, the proxy included
 * @param observer hears what happens in the sessions
 * @param tunings changes of what only one protocol has, in their order
 */
@RecordBuilder
@SuppressWarnings(
    "exports") // Micrometer is optional: its modules are not required of all who build on this
public record ClientSettings(
    LoginSettings login,
    SshSettings ssh,
    @Nullable HostTrust hosts,
    TlsSettings tls,
    ClientTimeouts timeouts,
    Transport transport,
    SessionObserver observer,
    List<Tuning<?>> tunings)
    implements ClientSettingsBuilder.With {
  /** Nothing is set. */
  public static final ClientSettings DEFAULT =
      new ClientSettings(
          LoginSettings.DEFAULT,
          SshSettings.NONE,
          null,
          TlsSettings.DEFAULT,
          ClientTimeouts.DEFAULT,
          Transport.DEFAULT,
          SessionObserver.NONE,
          List.of());

  private static final Path HOME = Path.of(System.getProperty("user.home"));
  private static final String AGENT = "SSH_AUTH_SOCK";

  public ClientSettings {
    tunings = List.copyOf(tunings);
  }

  /** Who logs in, instead of the user in the URI. */
  public ClientSettings user(String name) {
    return withLogin(login.withUser(name));
  }

  /** The password; with SSH also the answer to every question of the server. */
  public ClientSettings password(String secret) {
    Objects.requireNonNull(secret, "password");
    return withLogin(login.withPassword(Mono.just(secret)).withAtHand(true));
  }

  /**
   * Asks for the password once per login, if keys were not enough. May block: it is subscribed to
   * on the scheduler of {@link Transport}. Empty means that there is none.
   */
  public ClientSettings password(Mono<String> asked) {
    return withLogin(login.withPassword(asked).withAtHand(false));
  }

  /** Reads logins from {@code ~/.netrc}. */
  public ClientSettings netrc() {
    return netrc(HOME.resolve(".netrc"));
  }

  /** Reads logins from a file that only its owner can read. */
  public ClientSettings netrc(Path file) {
    return withLogin(login.withNetrc(file));
  }

  /** Adds a private key without a passphrase. */
  public ClientSettings keyFile(Path file) {
    return keyFile(file, Mono.empty());
  }

  /**
   * Adds a private key.
   *
   * @param passphrase copied; empty = the file is not encrypted
   */
  public ClientSettings keyFile(Path file, char[] passphrase) {
    char[] copy = passphrase.clone();
    return keyFile(file, Mono.fromSupplier(copy::clone));
  }

  /** Adds a private key whose passphrase is asked for once per login. May block. */
  public ClientSettings keyFile(Path file, Mono<char[]> passphrase) {
    List<KeyFile> more = new ArrayList<>(ssh.files());
    more.add(new KeyFile(file, passphrase));
    return withSsh(ssh.withFiles(more));
  }

  /** Uses the keys of the agent that {@code SSH_AUTH_SOCK} leads to. */
  public ClientSettings agent() {
    String socket = System.getenv(AGENT);
    if (socket == null || socket.isEmpty()) {
      throw new IllegalArgumentException(AGENT + " is not set; name the socket of the agent");
    }
    return agent(Path.of(socket));
  }

  /** Uses the keys of an agent. */
  public ClientSettings agent(Path socket) {
    return withSsh(ssh.withAgent(socket));
  }

  /** Does what {@code ~/.ssh/config} says, as {@link #sshConfig(Path)}. */
  public ClientSettings sshConfig() {
    return sshConfig(HOME.resolve(".ssh").resolve("config"));
  }

  /**
   * Does what a file of ssh_config(5) says about the host of the URI: its address, port and user,
   * keys, jump hosts, algorithms, and trust. The URI and what is set here come first. Keys that are
   * set here, and those of the agent, are for jump hosts, too; the password is not.
   *
   * @param file that may be missing; read when the client is made
   */
  public ClientSettings sshConfig(Path file) {
    return withSsh(ssh.withConfig(file));
  }

  /** Trusts the host keys on record in these files of OpenSSH's format, and no others. */
  public ClientSettings knownHosts(Path... files) {
    return hostKeys(new HostTrust.KnownHosts(List.of(files), false));
  }

  /** Trusts unknown hosts at the first visit and records them in {@code file}. */
  public ClientSettings acceptNewHostKeys(Path file) {
    return hostKeys(new HostTrust.KnownHosts(List.of(file), true));
  }

  /** Trusts these host keys. */
  public ClientSettings hostKeys(HostTrust trust) {
    return withHosts(trust);
  }

  /** Trusts the authorities in a file (PEM), and no others. */
  public ClientSettings trust(Path authorities) {
    return trust(TlsTrust.authorities(authorities));
  }

  /** Accepts these certificates. */
  public ClientSettings trust(TlsTrust trust) {
    return withTls(tls.withTrust(trust));
  }

  /** Shows a certificate if the server asks for one; both files are PEM. */
  public ClientSettings certificate(Path chain, Path key, char[] password) {
    return withTls(tls.withCertificate(new TlsSettings.Certificate(chain, key, password)));
  }

  /** Sends connections through a proxy. */
  public ClientSettings proxy(Proxy proxy) {
    return transport(sockets -> sockets.proxy(proxy));
  }

  /** Changes the sockets. */
  public ClientSettings transport(UnaryOperator<Transport> change) {
    return withTransport(change.apply(transport));
  }

  /** The longest wait for a connection. */
  public ClientSettings connectTimeout(Duration longest) {
    return withTimeouts(timeouts.withConnect(longest));
  }

  /** The longest wait for an answer. */
  public ClientSettings replyTimeout(Duration longest) {
    return withTimeouts(timeouts.withReply(longest));
  }

  /** Also reports what happens in the sessions to {@code another} observer. */
  public ClientSettings observer(SessionObserver another) {
    return withObserver(observer.and(another));
  }

  /** Measures the sessions in {@code registry}: see {@link Metrics} for the meters. */
  public ClientSettings metrics(MeterRegistry registry) {
    return observer(Metrics.observer(registry));
  }

  /** Traces the sessions and their transfers in {@code registry}: see {@link Observations}. */
  public ClientSettings observations(ObservationRegistry registry) {
    return observer(Observations.observer(registry));
  }

  /**
   * Changes what only one protocol has. Applied after everything else, in the order of the calls.
   *
   * @param type the client of the protocol, such as {@code FtpClient}
   */
  public <C> ClientSettings tune(Class<C> type, UnaryOperator<C> change) {
    List<Tuning<?>> more = new ArrayList<>(tunings);
    more.add(new Tuning<>(type, change));
    return withTunings(more);
  }

  /** {@code client} with all the {@link #tune}s for its type. */
  public <C> C tuned(Class<C> type, C client) {
    C now = client;
    for (Tuning<?> tuning : tunings) {
      if (tuning.type() == type) {
        now = type.cast(apply(tuning, now));
      }
    }
    return now;
  }

  /** What was set, of that which not every protocol has. */
  public Set<Setting> used() {
    Set<Setting> used = EnumSet.noneOf(Setting.class);
    add(used, Setting.USER, login.user() != null);
    add(used, Setting.PASSWORD, login.password() != null);
    add(used, Setting.NETRC, login.netrc() != null);
    add(used, Setting.KEY_FILE, !ssh.files().isEmpty());
    add(used, Setting.AGENT, ssh.agent() != null);
    add(used, Setting.SSH_CONFIG, ssh.config() != null);
    add(used, Setting.HOST_KEYS, hosts != null);
    add(used, Setting.TRUST, tls.trust() != null);
    add(used, Setting.CERTIFICATE, tls.certificate() != null);
    add(used, Setting.PROXY, transport.proxy() != null);
    add(used, Setting.TRANSPORT, !transport.proxy(null).equals(Transport.DEFAULT));
    add(used, Setting.CONNECT_TIMEOUT, timeouts.connect() != null);
    add(used, Setting.REPLY_TIMEOUT, timeouts.reply() != null);
    add(used, Setting.OBSERVER, observer != SessionObserver.NONE);
    return used;
  }

  @SuppressWarnings("unchecked") // the caller compares the types
  private static <C> Object apply(Tuning<?> tuning, C client) {
    return ((Tuning<C>) tuning).change().apply(client);
  }

  private static void add(Set<Setting> used, Setting setting, boolean set) {
    if (set) {
      used.add(setting);
    }
  }
}
