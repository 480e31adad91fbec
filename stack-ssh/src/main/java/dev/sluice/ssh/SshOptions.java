package dev.sluice.ssh;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * How an {@link dev.sluice.ssh.client.SshClient} behaves. Immutable; start from {@link #DEFAULT}.
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
 * @param warnings takes what the user should know and is no error, such as lines of known_hosts
 *     that are not understood; logged when left out. Must not block
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
    Duration requestTime,
    Consumer<String> warnings) {
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
          Duration.ofSeconds(30),
          SshOptions::log);

  /** The same with these algorithms. */
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
        requestTime,
        warnings);
  }

  /** The same with another name in the identification line. */
  public SshOptions withSoftware(String newSoftware) {
    return new SshOptions(
        algorithms,
        newSoftware,
        minRsaBits,
        strictOnly,
        rekey,
        limits,
        windows,
        channels,
        keepalive,
        connectTime,
        requestTime,
        warnings);
  }

  /** The same with another least size of RSA host keys. */
  public SshOptions withMinRsaBits(int bits) {
    return new SshOptions(
        algorithms,
        software,
        bits,
        strictOnly,
        rekey,
        limits,
        windows,
        channels,
        keepalive,
        connectTime,
        requestTime,
        warnings);
  }

  /** The same with servers without strict key exchange refused, or not. */
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
        requestTime,
        warnings);
  }

  /** The same with another life of keys. */
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
        requestTime,
        warnings);
  }

  /** The same with other limits. */
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
        requestTime,
        warnings);
  }

  /** The same with other windows. */
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
        requestTime,
        warnings);
  }

  /** The same with another most of channels. */
  public SshOptions withChannels(int most) {
    return new SshOptions(
        algorithms,
        software,
        minRsaBits,
        strictOnly,
        rekey,
        limits,
        windows,
        most,
        keepalive,
        connectTime,
        requestTime,
        warnings);
  }

  /** The same with other questions to a silent server. */
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
        requestTime,
        warnings);
  }

  /** The same with other longest waits. */
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
        request,
        warnings);
  }

  /** The same with another reader of warnings. */
  public SshOptions withWarnings(Consumer<String> reader) {
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
        connectTime,
        requestTime,
        reader);
  }

  private static void log(String warning) {
    LoggerFactory.getLogger(SshOptions.class).warn(warning);
  }
}
