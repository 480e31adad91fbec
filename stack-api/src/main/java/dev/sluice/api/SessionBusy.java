package dev.sluice.api;

/**
 * The session does one thing at a time, and its present task makes no progress because its own user
 * has to act next: to read data that has arrived, or to supply data to write. A request made inside
 * such a stream would otherwise wait for ever. The session continues.
 */
public final class SessionBusy extends TransferException {
  private static final long serialVersionUID = 1L;

  /**
   * @param doing what the session does and waits for, such as {@code /a is being read and waits for
   *     its reader}
   */
  public SessionBusy(String doing) {
    super(doing + "; use a pool (SessionPool) for requests inside a stream", null);
  }
}
