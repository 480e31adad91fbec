package dev.sluice.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any failure of a session or a file, named by its cause. The message contains the request, the
 * finding and, if there is one, the remedy; it never contains a secret.
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
  private static final Set<FileError> PASSING = Set.of(FileError.BUSY, FileError.INTERRUPTED);

  TransferException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether the same request may succeed later, over a new session if this one has ended. */
  public boolean isTransient() {
    return this instanceof ConnectFailed
        || this instanceof SessionClosed
        || this instanceof TimedOut
        || this instanceof FileFailure file && PASSING.contains(file.error());
  }
}
