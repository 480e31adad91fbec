package dev.sluice.ssh;

import dev.sluice.ssh.channel.WindowLimits;
import dev.sluice.ssh.core.Keepalive;
import dev.sluice.ssh.core.RekeyPolicy;
import dev.sluice.ssh.core.TransportLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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
   * @param banAfter failures from one address, across connections, that shut it out
   * @param banTime for how long
   */
  public record Login(
      List<List<String>> sequences,
      String banner,
      int failures,
      Duration refusalTime,
      int banAfter,
      Duration banTime) {
    public static final Login DEFAULT =
        new Login(
            List.of(List.of("publickey"), List.of("password"), List.of("keyboard-interactive")),
            "",
            6,
            Duration.ofMillis(250),
            60,
            Duration.ofMinutes(5));

    public Login withSequences(List<List<String>> newSequences) {
      return new Login(newSequences, banner, failures, refusalTime, banAfter, banTime);
    }

    public Login withBanner(String newBanner) {
      return new Login(sequences, newBanner, failures, refusalTime, banAfter, banTime);
    }

    public Login withRefusals(int newFailures, Duration newRefusalTime) {
      return new Login(sequences, banner, newFailures, newRefusalTime, banAfter, banTime);
    }

    public Login withBan(int newBanAfter, Duration newBanTime) {
      return new Login(sequences, banner, failures, refusalTime, newBanAfter, newBanTime);
    }
  }

  /**
   * How many connections there may be; more are closed at once.
   *
   * @param total in all
   * @param perAddress from one client address
   * @param notLoggedIn in all, before login
   * @param earlyDrop how many of those that are not logged in it takes until some are closed by
   *     chance: from three in ten there to all of them at {@code notLoggedIn}, so that who fills
   *     the place does not shut out everybody else (MaxStartups of sshd_config(5))
   */
  public record Connections(int total, int perAddress, int notLoggedIn, int earlyDrop) {
    public static final Connections DEFAULT = new Connections(10_000, 200, 100);

    /** With an early drop from half of {@code notLoggedIn} on. */
    public Connections(int total, int perAddress, int notLoggedIn) {
      this(total, perAddress, notLoggedIn, (notLoggedIn + 1) / 2);
    }
  }

  public SshServerOptions withAlgorithms(SshAlgorithms newAlgorithms) {
    return new SshServerOptions(
        newAlgorithms,
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

  public SshServerOptions withTransport(Transport newTransport) {
    return new SshServerOptions(
        algorithms,
        software,
        newTransport,
        limits,
        windows,
        keepalive,
        login,
        connections,
        channels,
        environment);
  }

  public SshServerOptions withLimits(TransportLimits newLimits) {
    return new SshServerOptions(
        algorithms,
        software,
        transport,
        newLimits,
        windows,
        keepalive,
        login,
        connections,
        channels,
        environment);
  }

  public SshServerOptions withWindows(WindowLimits newWindows) {
    return new SshServerOptions(
        algorithms,
        software,
        transport,
        limits,
        newWindows,
        keepalive,
        login,
        connections,
        channels,
        environment);
  }

  public SshServerOptions withKeepalive(Keepalive newKeepalive) {
    return new SshServerOptions(
        algorithms,
        software,
        transport,
        limits,
        windows,
        newKeepalive,
        login,
        connections,
        channels,
        environment);
  }

  public SshServerOptions withLogin(Login newLogin) {
    return new SshServerOptions(
        algorithms,
        software,
        transport,
        limits,
        windows,
        keepalive,
        newLogin,
        connections,
        channels,
        environment);
  }

  public SshServerOptions withConnections(Connections newConnections) {
    return new SshServerOptions(
        algorithms,
        software,
        transport,
        limits,
        windows,
        keepalive,
        login,
        newConnections,
        channels,
        environment);
  }

  public SshServerOptions withChannels(int newChannels) {
    return new SshServerOptions(
        algorithms,
        software,
        transport,
        limits,
        windows,
        keepalive,
        login,
        connections,
        newChannels,
        environment);
  }

  public SshServerOptions withEnvironment(Set<String> names) {
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
        names);
  }
}
