package dev.sluice.ftp.listing;

/** What follows when lines of a listing are not understood. */
public enum UnparsedLines {
  /**
   * After the entries that were understood comes {@link dev.sluice.api.error.IncompleteListing}:
   * nobody takes the listing for the whole directory.
   */
  FAIL,
  /** The lines go to the trace of the client, and the listing ends as if it were whole. */
  REPORT,
  /** The lines are left out: for servers whose remarks among the entries are known. */
  IGNORE
}
