package dev.sluice.ssh.core;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.TransferException;
import dev.sluice.ssh.message.TransportMessage.Disconnect;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;

/** What a peer hears when an error on this side ends the connection. */
final class Farewell {
  private static final int MAX_TEXT = 200;

  private Farewell() {}

  static Disconnect of(TransferException cause) {
    DisconnectReason reason = reason(cause);
    // A wrong MAC must look like a wrong length (SSH-027).
    String text = reason == DisconnectReason.MAC_ERROR ? "Corrupted packet" : cause.getMessage();
    String safe = String.valueOf(text).replaceAll("[^ -~]", "?");
    return new Disconnect(
        reason.code(), safe.length() > MAX_TEXT ? safe.substring(0, MAX_TEXT) : safe);
  }

  private static DisconnectReason reason(TransferException cause) {
    if (cause instanceof SshViolation violation) {
      return violation.reason();
    }
    return cause instanceof AuthenticationFailed
        ? DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE
        : DisconnectReason.BY_APPLICATION;
  }
}
