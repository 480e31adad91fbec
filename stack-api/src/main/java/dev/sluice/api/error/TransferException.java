package dev.sluice.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Everything that goes wrong with a session or a file, named by cause. The message says what was
 * asked, what was found and, where there is one, what to do; it never holds a secret.
 */
public abstract sealed class TransferException extends RuntimeException
    permits ConnectFailed,
        AuthenticationFailed,
        PeerUntrusted,
        PeerMisbehaved,
        FileFailure,
        SessionClosed,
        SessionBusy,
        TimedOut,
        LimitExceeded,
        ProtectionRefused,
        AttributesRefused,
        IncompleteListing {
  private static final long serialVersionUID = 1L;

  TransferException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
