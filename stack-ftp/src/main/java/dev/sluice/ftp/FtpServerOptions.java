package dev.sluice.ftp;

import dev.sluice.api.Network;
import dev.sluice.ftp.server.FtpServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an {@link FtpServer}. Immutable; start from {@link #DEFAULT}.
 *
 * @param control limits and times of a control connection
 * @param sessions how many sessions there may be
 * @param login what failed logins cost
 * @param data how data connections are made
 * @param charset how pathnames travel
 * @param lineEnding what ends a command line
 * @param greeting text of the 220 reply
 * @param tls how connections are protected; null = not at all
 */
public record FtpServerOptions(
    FtpServerLimits control,
    Sessions sessions,
    Login login,
    Data data,
    PathCharset charset,
    LineEnding lineEnding,
    String greeting,
    @Nullable FtpServerTls tls) {

  public static final FtpServerOptions DEFAULT =
      new FtpServerOptions(
          FtpServerLimits.DEFAULT,
          Sessions.DEFAULT,
          Login.DEFAULT,
          Data.DEFAULT,
          PathCharset.UTF_8,
          LineEnding.LENIENT,
          "Sluice ready",
          null);

  /**
   * How many sessions there may be; more are greeted with 421. When the places before login are
   * taken, a newcomer gets that of the client which holds most. An IPv6 client is a /64.
   *
   * @param total in all
   * @param perAddress from one client address
   * @param notLoggedIn in all, before login
   * @param notLoggedInPerAddress from one client address, before login
   */
  public record Sessions(int total, int perAddress, int notLoggedIn, int notLoggedInPerAddress) {
    public static final Sessions DEFAULT = new Sessions(10_000, 200, 100);

    /** With a third of the places before login for one client address. */
    public Sessions(int total, int perAddress, int notLoggedIn) {
      this(total, perAddress, notLoggedIn, (notLoggedIn + 2) / 3);
    }
  }

  /**
   * What failed logins cost (RFC 2577 section 5).
   *
   * @param attempts failures that end a session
   * @param delay before each refusal; other sessions are not held up
   * @param banAfter failures from one address, across connections, that ban it; ten times as many
   *     at one name ban passwords for that name. An IPv6 client is a /64
   * @param banTime the length of the first ban, each further one is twice as long; in that time
   *     {@code banAfter} failures fade
   * @param neverBanned networks whose addresses are never banned, and for which the limits of one
   *     address in {@link Sessions} do not count: balancers, gateways, monitoring
   */
  public record Login(
      int attempts, Duration delay, int banAfter, Duration banTime, List<Network> neverBanned) {
    public static final Login DEFAULT =
        new Login(3, Duration.ofSeconds(2), 30, Duration.ofMinutes(5));

    public Login {
      neverBanned = List.copyOf(neverBanned);
    }

    public Login(int attempts, Duration delay, int banAfter, Duration banTime) {
      this(attempts, delay, banAfter, banTime, List.of());
    }

    public Login withNeverBanned(List<Network> networks) {
      return new Login(attempts, delay, banAfter, banTime, networks);
    }
  }

  /**
   * How data connections are made.
   *
   * @param passivePorts ports that clients connect to
   * @param externalAddress what 227 announces
   * @param activeAllowed whether PORT and EPRT are carried out
   * @param activeSourcePort port that active connections come from; 0 = any
   * @param foreignAddresses whether another host than the client may be the other end (FXP)
   * @param connectTime to make a connection
   * @param stallTime without one octet moving
   * @param inflate how far compressed uploads may grow
   */
  public record Data(
      PortRange passivePorts,
      ExternalAddress externalAddress,
      boolean activeAllowed,
      int activeSourcePort,
      boolean foreignAddresses,
      Duration connectTime,
      Duration stallTime,
      InflateLimit inflate) {
    public static final Data DEFAULT =
        new Data(
            new PortRange(60000, 65535),
            ExternalAddress.none(),
            true,
            20,
            false,
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            InflateLimit.DEFAULT);

    public Data withPassivePorts(PortRange range) {
      return new Data(
          range,
          externalAddress,
          activeAllowed,
          activeSourcePort,
          foreignAddresses,
          connectTime,
          stallTime,
          inflate);
    }

    public Data withExternalAddress(ExternalAddress address) {
      return new Data(
          passivePorts,
          address,
          activeAllowed,
          activeSourcePort,
          foreignAddresses,
          connectTime,
          stallTime,
          inflate);
    }

    public Data withActive(boolean allowed, int sourcePort) {
      return new Data(
          passivePorts,
          externalAddress,
          allowed,
          sourcePort,
          foreignAddresses,
          connectTime,
          stallTime,
          inflate);
    }

    public Data withForeignAddresses(boolean allowed) {
      return new Data(
          passivePorts,
          externalAddress,
          activeAllowed,
          activeSourcePort,
          allowed,
          connectTime,
          stallTime,
          inflate);
    }

    public Data withTimes(Duration connect, Duration stall) {
      return new Data(
          passivePorts,
          externalAddress,
          activeAllowed,
          activeSourcePort,
          foreignAddresses,
          connect,
          stall,
          inflate);
    }

    public Data withInflate(InflateLimit limit) {
      return new Data(
          passivePorts,
          externalAddress,
          activeAllowed,
          activeSourcePort,
          foreignAddresses,
          connectTime,
          stallTime,
          limit);
    }
  }

  public FtpServerOptions withControl(FtpServerLimits limits) {
    return new FtpServerOptions(limits, sessions, login, data, charset, lineEnding, greeting, tls);
  }

  public FtpServerOptions withSessions(Sessions limits) {
    return new FtpServerOptions(control, limits, login, data, charset, lineEnding, greeting, tls);
  }

  public FtpServerOptions withLogin(Login policy) {
    return new FtpServerOptions(
        control, sessions, policy, data, charset, lineEnding, greeting, tls);
  }

  public FtpServerOptions withData(Data policy) {
    return new FtpServerOptions(
        control, sessions, login, policy, charset, lineEnding, greeting, tls);
  }

  public FtpServerOptions withCharset(PathCharset names) {
    return new FtpServerOptions(control, sessions, login, data, names, lineEnding, greeting, tls);
  }

  public FtpServerOptions withLineEnding(LineEnding ending) {
    return new FtpServerOptions(control, sessions, login, data, charset, ending, greeting, tls);
  }

  public FtpServerOptions withGreeting(String text) {
    return new FtpServerOptions(control, sessions, login, data, charset, lineEnding, text, tls);
  }

  public FtpServerOptions withTls(FtpServerTls newTls) {
    return new FtpServerOptions(
        control, sessions, login, data, charset, lineEnding, greeting, newTls);
  }
}
