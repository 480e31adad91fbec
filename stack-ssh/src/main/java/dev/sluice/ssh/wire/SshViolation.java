package dev.sluice.ssh.wire;

import dev.sluice.api.PeerMisbehaved;
import org.jspecify.annotations.Nullable;

/** The peer broke a rule of SSH; the connection ends and the peer is told the reason. */
public final class SshViolation extends PeerMisbehaved {
  private static final long serialVersionUID = 1L;

  private final DisconnectReason reason;

  public SshViolation(DisconnectReason reason, String message) {
    this(reason, message, null);
  }

  public SshViolation(DisconnectReason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** A message that is not what its RFC says it is. */
  public static SshViolation protocol(String message) {
    return new SshViolation(DisconnectReason.PROTOCOL_ERROR, message);
  }

  /** A key exchange that cannot be finished safely. */
  public static SshViolation keyExchange(String message) {
    return new SshViolation(DisconnectReason.KEY_EXCHANGE_FAILED, message);
  }

  /** What the peer is told. */
  public DisconnectReason reason() {
    return reason;
  }
}
