package dev.sluice.ftp;

/**
 * What follows when lines of a listing are not understood, chosen with {@link
 * ListingOptions#withUnparsed}. What NLST can find of them is among the entries in all three cases.
 */
public enum UnparsedLines {
  /**
   * After the entries that were understood comes {@link dev.sluice.api.IncompleteListing}: nobody
   * takes the listing for the whole directory. Whoever watches the session hears {@link
   * dev.sluice.api.observe.SessionEvent.ListingIncomplete} before it.
   */
  FAIL,
  /**
   * {@link dev.sluice.api.observe.SessionEvent.ListingIncomplete} goes to whoever watches the
   * session and the lines to the trace of the client; the listing ends as if it were whole.
   */
  REPORT,
  /** The lines are left out: for servers whose remarks among the entries are known. */
  IGNORE
}
