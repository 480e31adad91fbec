package dev.sluice.ssh;

import dev.sluice.api.Network;
import dev.sluice.ssh.server.SshServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The settings of an {@link SshServer}. Immutable; start from {@link #DEFAULT}.
 *
 * @param algorithms what is offered; host key algorithms without a key are left out
 * @param software the name in the identification line
 * @param transport what weak peers and old keys are met with
 * @param limits what is taken from clients, and the longest waits
 * @param windows how much a client may send ahead
 * @param keepalive asks a silent client whether it lives
 * @param login what a login takes
 * @param connections how many there may be
 * @param channels sessions that one connection may open
 * @param environment names of variables that clients may set
 */
public record SshServerOptions(
    SshAlgorithms algorithms,
    String software,
    Transport transport,
    TransportLimits limits,
    WindowLimits windows,
    Keepalive keepalive,
    Login login,
    Connections connections,
    int channels,
    Set<String> environment) {

  public static final SshServerOptions DEFAULT =
      new SshServerOptions(
          SshAlgorithms.forServer(),
          "Sluice",
          new Transport(false, 2048, RekeyPolicy.DEFAULT),
          TransportLimits.DEFAULT,
          WindowLimits.DEFAULT,
          new Keepalive(Duration.ofSeconds(60), 3),
          Login.DEFAULT,
          Connections.DEFAULT,
          10,
          Set.of());

  public SshServerOptions {
    environment = Set.copyOf(environment);
  }

  /**
   * What weak peers and old keys are met with.
   *
   * @param strictOnly whether clients without strict key exchange are refused where packets could
   *     be dropped unseen (CVE-2023-48795)
   * @param minRsaBits users' keys of fewer bits are refused
   * @param rekey how long keys are used
   */
  public record Transport(boolean strictOnly, int minRsaBits, RekeyPolicy rekey) {}

  /**
   * What a login takes.
   *
   * @param sequences of methods; each suffices when all its steps have succeeded in order
   * @param banner shown before it; empty = none
   * @param failures that end a connection
   * @param refusalTime the least time that a refusal takes
   * @param banAfter failures from one address, across connections, that ban it; ten times as many
   *     at one name ban passwords for that name. An IPv6 client is a /64
   * @param banTime the length of the first ban, each further one is twice as long; in that time
   *     {@code banAfter} failures fade
   * @param neverBanned networks whose addresses are never banned, and for which the limits of one
   *     address in {@link Connections} do not count: balancers, gateways, monitoring
   */
  public record Login(
      List<List<String>> sequences,
      String banner,
      int failures,
      Duration refusalTime,
      int banAfter,
      Duration banTime,
      List<Network> neverBanned) {
    public static final Login DEFAULT =
        new Login(
            List.of(List.of("publickey"), List.of("password"), List.of("keyboard-interactive")),
            "",
            6,
            Duration.ofMillis(250),
            60,
            Duration.ofMinutes(5),
            List.of());

    public Login {
      neverBanned = List.copyOf(neverBanned);
    }

    public Login withSequences(List<List<String>> newSequences) {
      return new Login(newSequences, banner, failures, refusalTime, banAfter, banTime, neverBanned);
    }

    public Login withBanner(String newBanner) {
      return new Login(sequences, newBanner, failures, refusalTime, banAfter, banTime, neverBanned);
    }

    public Login withRefusals(int newFailures, Duration newRefusalTime) {
      return new Login(
          sequences, banner, newFailures, newRefusalTime, banAfter, banTime, neverBanned);
    }

    public Login withBan(int newBanAfter, Duration newBanTime) {
      return new Login(
          sequences, banner, failures, refusalTime, newBanAfter, newBanTime, neverBanned);
    }

    public Login withNeverBanned(List<Network> networks) {
      return new Login(sequences, banner, failures, refusalTime, banAfter, banTime, networks);
    }
  }

  /**
   * How many connections there may be; more are closed at once. When the places before login are
   * taken, a newcomer gets that of the client which holds most. An IPv6 client is a /64.
   *
   * @param total in all
   * @param perAddress from one client address
   * @param notLoggedIn in all, before login
   * @param notLoggedInPerAddress from one client address, before login (PerSourceMaxStartups of
   *     sshd_config(5))
   */
  public record Connections(int total, int perAddress, int notLoggedIn, int notLoggedInPerAddress) {
    public static final Connections DEFAULT = new Connections(10_000, 200, 100);

    /** With a third of the places before login for one client address. */
    public Connections(int total, int perAddress, int notLoggedIn) {
      this(total, perAddress, notLoggedIn, (notLoggedIn + 2) / 3);
    }
  }

  public SshServerOptions withAlgorithms(SshAlgorithms newAlgorithms) {
    return edited(draft -> draft.algorithms = newAlgorithms);
  }

  public SshServerOptions withTransport(Transport newTransport) {
    return edited(draft -> draft.transport = newTransport);
  }

  public SshServerOptions withLimits(TransportLimits newLimits) {
    return edited(draft -> draft.limits = newLimits);
  }

  public SshServerOptions withWindows(WindowLimits newWindows) {
    return edited(draft -> draft.windows = newWindows);
  }

  public SshServerOptions withKeepalive(Keepalive newKeepalive) {
    return edited(draft -> draft.keepalive = newKeepalive);
  }

  public SshServerOptions withLogin(Login newLogin) {
    return edited(draft -> draft.login = newLogin);
  }

  public SshServerOptions withConnections(Connections newConnections) {
    return edited(draft -> draft.connections = newConnections);
  }

  public SshServerOptions withChannels(int newChannels) {
    return edited(draft -> draft.channels = newChannels);
  }

  public SshServerOptions withEnvironment(Set<String> names) {
    return edited(draft -> draft.environment = names);
  }

  private SshServerOptions edited(Consumer<Draft> edit) {
    Draft draft = new Draft(this);
    edit.accept(draft);
    return draft.options();
  }

  /** The components once, for all with-methods. */
  private static final class Draft {
    private SshAlgorithms algorithms;
    private String software;
    private Transport transport;
    private TransportLimits limits;
    private WindowLimits windows;
    private Keepalive keepalive;
    private Login login;
    private Connections connections;
    private int channels;
    private Set<String> environment;

    Draft(SshServerOptions options) {
      algorithms = options.algorithms;
      software = options.software;
      transport = options.transport;
      limits = options.limits;
      windows = options.windows;
      keepalive = options.keepalive;
      login = options.login;
      connections = options.connections;
      channels = options.channels;
      environment = options.environment;
    }

    SshServerOptions options() {
      return new SshServerOptions(
          algorithms,
          software,
          transport,
          limits,
          windows,
          keepalive,
          login,
          connections,
          channels,
          environment);
    }
  }
}
