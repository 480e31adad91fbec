package dev.sluice.api;

/**
 * The tree that a session serves cannot be reached any more, for example because its disk or its
 * network share has gone. A server ends the session: its other requests would fail in the same way,
 * or look as if there were no files. The message is for clients; the cause holds the local details.
 */
public final class StorageUnavailable extends SessionClosed {
  private static final long serialVersionUID = 1L;

  /** The message for clients. */
  public static final String TEXT = "the files cannot be reached now; try again later";

  private final String why;

  /**
   * @param why the reason, for the operator's log; may name local paths
   */
  public StorageUnavailable(String why, Throwable cause) {
    super(TEXT, cause);
    this.why = why;
  }

  /** The reason, on one line, for the operator's log; may name local paths. */
  public String why() {
    return RawName.escape(why);
  }

  /** The reason for any failure of a storage, in the same form. */
  public static String why(Throwable failure) {
    return failure instanceof StorageUnavailable gone ? gone.why() : Failures.line(failure);
  }
}
