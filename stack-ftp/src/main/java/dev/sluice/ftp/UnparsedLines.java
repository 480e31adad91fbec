package dev.sluice.ftp;

/**
 * What to do when lines of a listing are not understood, chosen with {@link
 * ListingOptions#withUnparsed}. Entries that NLST can find for such lines are included in all three
 * cases.
 */
public enum UnparsedLines {
  /**
   * After the entries that were understood comes {@link dev.sluice.api.IncompleteListing}, so that
   * no caller takes the listing for the whole directory. Observers of the session hear {@link
   * dev.sluice.api.observe.SessionEvent.ListingIncomplete} before it.
   */
  FAIL,
  /**
   * Observers of the session hear {@link dev.sluice.api.observe.SessionEvent.ListingIncomplete},
   * and the lines go to the trace of the client; the listing ends as if it were complete.
   */
  REPORT,
  /** The lines are left out: for servers whose remarks among the entries are known. */
  IGNORE
}
