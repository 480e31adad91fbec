package dev.sluice.ssh.peer;

/** A real program did not do its part: it did not start, or did not end before its deadline. */
public final class PeerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that the program's own output explains. */
  public PeerFailure(String message) {
    super(message);
  }

  /** A failure of this machine: no such program, no such file. */
  public PeerFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
