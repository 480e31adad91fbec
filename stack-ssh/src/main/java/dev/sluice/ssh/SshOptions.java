package dev.sluice.ssh;

import dev.sluice.ssh.channel.WindowLimits;
import dev.sluice.ssh.core.Keepalive;
import dev.sluice.ssh.core.RekeyPolicy;
import dev.sluice.ssh.core.TransportLimits;
import java.time.Duration;

/**
 * How an {@link SshClient} behaves. Immutable; start from {@link #DEFAULT}.
 *
 * @param algorithms what is offered
 * @param software the name in the identification line
 * @param minRsaBits host keys of fewer bits are refused
 * @param strictOnly whether servers without strict key exchange are refused where packets could be
 *     dropped unseen (CVE-2023-48795)
 * @param rekey how long keys are used
 * @param limits what is taken from the server, and the longest waits below the login
 * @param windows how much a server may send ahead
 * @param channels the most at one time
 * @param keepalive asks a silent server whether it lives
 * @param connectTime the longest wait for the socket
 * @param requestTime the longest wait for a channel to be opened
 */
public record SshOptions(
    SshAlgorithms algorithms,
    String software,
    int minRsaBits,
    boolean strictOnly,
    RekeyPolicy rekey,
    TransportLimits limits,
    WindowLimits windows,
    int channels,
    Keepalive keepalive,
    Duration connectTime,
    Duration requestTime) {
  public static final SshOptions DEFAULT =
      new SshOptions(
          SshAlgorithms.forClient(),
          "Sluice",
          2048,
          false,
          RekeyPolicy.DEFAULT,
          TransportLimits.DEFAULT,
          WindowLimits.DEFAULT,
          64,
          new Keepalive(Duration.ofSeconds(60), 3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  public SshOptions withAlgorithms(SshAlgorithms newAlgorithms) {
    return new SshOptions(
        newAlgorithms,
        software,
        minRsaBits,
        strictOnly,
        rekey,
        limits,
        windows,
        channels,
        keepalive,
        connectTime,
        requestTime);
  }

  public SshOptions withStrictOnly(boolean only) {
    return new SshOptions(
        algorithms,
        software,
        minRsaBits,
        only,
        rekey,
        limits,
        windows,
        channels,
        keepalive,
        connectTime,
        requestTime);
  }

  public SshOptions withRekey(RekeyPolicy newRekey) {
    return new SshOptions(
        algorithms,
        software,
        minRsaBits,
        strictOnly,
        newRekey,
        limits,
        windows,
        channels,
        keepalive,
        connectTime,
        requestTime);
  }

  public SshOptions withLimits(TransportLimits newLimits) {
    return new SshOptions(
        algorithms,
        software,
        minRsaBits,
        strictOnly,
        rekey,
        newLimits,
        windows,
        channels,
        keepalive,
        connectTime,
        requestTime);
  }

  public SshOptions withWindows(WindowLimits newWindows) {
    return new SshOptions(
        algorithms,
        software,
        minRsaBits,
        strictOnly,
        rekey,
        limits,
        newWindows,
        channels,
        keepalive,
        connectTime,
        requestTime);
  }

  public SshOptions withKeepalive(Keepalive newKeepalive) {
    return new SshOptions(
        algorithms,
        software,
        minRsaBits,
        strictOnly,
        rekey,
        limits,
        windows,
        channels,
        newKeepalive,
        connectTime,
        requestTime);
  }

  public SshOptions withTimes(Duration connect, Duration request) {
    return new SshOptions(
        algorithms,
        software,
        minRsaBits,
        strictOnly,
        rekey,
        limits,
        windows,
        channels,
        keepalive,
        connect,
        request);
  }
}
