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
    return edited(draft -> draft.algorithms = newAlgorithms);
  }

  /** The same with another name in the identification line. */
  public SshOptions withSoftware(String newSoftware) {
    return edited(draft -> draft.software = newSoftware);
  }

  /** The same with another least size of RSA host keys. */
  public SshOptions withMinRsaBits(int bits) {
    return edited(draft -> draft.minRsaBits = bits);
  }

  /** The same with servers without strict key exchange refused, or not. */
  public SshOptions withStrictOnly(boolean only) {
    return edited(draft -> draft.strictOnly = only);
  }

  /** The same with another life of keys. */
  public SshOptions withRekey(RekeyPolicy newRekey) {
    return edited(draft -> draft.rekey = newRekey);
  }

  /** The same with other limits. */
  public SshOptions withLimits(TransportLimits newLimits) {
    return edited(draft -> draft.limits = newLimits);
  }

  /** The same with other windows. */
  public SshOptions withWindows(WindowLimits newWindows) {
    return edited(draft -> draft.windows = newWindows);
  }

  /** The same with another most of channels. */
  public SshOptions withChannels(int most) {
    return edited(draft -> draft.channels = most);
  }

  /** The same with other questions to a silent server. */
  public SshOptions withKeepalive(Keepalive newKeepalive) {
    return edited(draft -> draft.keepalive = newKeepalive);
  }

  /** The same with other longest waits. */
  public SshOptions withTimes(Duration connect, Duration request) {
    return edited(
        draft -> {
          draft.connectTime = connect;
          draft.requestTime = request;
        });
  }

  /** The same with another reader of warnings. */
  public SshOptions withWarnings(Consumer<String> reader) {
    return edited(draft -> draft.warnings = reader);
  }

  private static void log(String warning) {
    LoggerFactory.getLogger(SshOptions.class).warn(warning);
  }

  private SshOptions edited(Consumer<Draft> edit) {
    Draft draft = new Draft(this);
    edit.accept(draft);
    return draft.options();
  }

  /** The components once, for all with-methods. */
  private static final class Draft {
    private SshAlgorithms algorithms;
    private String software;
    private int minRsaBits;
    private boolean strictOnly;
    private RekeyPolicy rekey;
    private TransportLimits limits;
    private WindowLimits windows;
    private int channels;
    private Keepalive keepalive;
    private Duration connectTime;
    private Duration requestTime;
    private Consumer<String> warnings;

    Draft(SshOptions options) {
      algorithms = options.algorithms;
      software = options.software;
      minRsaBits = options.minRsaBits;
      strictOnly = options.strictOnly;
      rekey = options.rekey;
      limits = options.limits;
      windows = options.windows;
      channels = options.channels;
      keepalive = options.keepalive;
      connectTime = options.connectTime;
      requestTime = options.requestTime;
      warnings = options.warnings;
    }

    SshOptions options() {
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
          warnings);
    }
  }
}
