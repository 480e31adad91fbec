package dev.sluice.api;

import java.util.Set;
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
