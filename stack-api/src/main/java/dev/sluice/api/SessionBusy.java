package dev.sluice.api;

/**
 * The session does one thing at a time, and what it does makes no progress because its own user is
 * to act next: to read what has arrived, or to give what is to be written. A request made inside
 * such a stream would otherwise wait for ever. The session goes on.
 */
public final class SessionBusy extends TransferException {
  private static final long serialVersionUID = 1L;

  /**
   * @param doing what the session does and waits for, as {@code /a is being read and waits for its
   *     reader}
   */
  public SessionBusy(String doing) {
    super(doing + "; use a pool (SessionPool) for requests inside a stream", null);
  }
}
