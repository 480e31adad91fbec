package dev.sluice.api;

/**
 * The tree that a session serves cannot be reached any more, as when its disk or its network share
 * has gone. A server ends the session: its other requests would fail in the same way, or look as if
 * there were no files. The message is for clients; what happened on the machine is in the cause.
 */
public final class StorageUnavailable extends SessionClosed {
  private static final long serialVersionUID = 1L;

  /** What a client is told. */
  public static final String TEXT = "the files cannot be reached now; try again later";

  private final String why;

  /**
   * @param why what happened, for the log of an operator; may name paths of the machine
   */
  public StorageUnavailable(String why, Throwable cause) {
    super(TEXT, cause);
    this.why = why;
  }

  /** What happened, on one line, for the log of an operator; may name paths of the machine. */
  public String why() {
    return RawName.escape(why);
  }

  /** The same of any failure of a storage. */
  public static String why(Throwable failure) {
    return failure instanceof StorageUnavailable gone ? gone.why() : Failures.line(failure);
  }
}
