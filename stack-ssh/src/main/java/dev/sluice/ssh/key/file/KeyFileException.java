package dev.sluice.ssh.key.file;

import org.jspecify.annotations.Nullable;

/** A key file yields no key. The message never holds what is in the file. */
public abstract sealed class KeyFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The file is not a key file, or it is damaged. */
  public static final class Damaged extends KeyFileException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message, null);
    }

    Damaged(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The file is encrypted and no passphrase was given. */
  public static final class PassphraseRequired extends KeyFileException {
    private static final long serialVersionUID = 1L;

    PassphraseRequired() {
      super("the key is encrypted: a passphrase is needed", null);
    }
  }

  /** The passphrase does not fit the file. */
  public static final class WrongPassphrase extends KeyFileException {
    private static final long serialVersionUID = 1L;

    WrongPassphrase() {
      super("the passphrase is wrong", null);
    }
  }

  /** The file is well formed but needs something that is not supported here. */
  public static final class Unsupported extends KeyFileException {
    private static final long serialVersionUID = 1L;

    Unsupported(String message) {
      super(message, null);
    }
  }
}
