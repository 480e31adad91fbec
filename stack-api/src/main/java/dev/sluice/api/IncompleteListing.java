package dev.sluice.api;

/**
 * A directory contains more than a listing could show: some of its lines were not understood.
 * Signalled after all entries that were understood. Code that deletes or compares must not treat
 * the listing as the whole directory.
 */
public final class IncompleteListing extends TransferException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 200;

  private final long lines;
  private final String first;

  /**
   * @param lines how many were not understood, at least 1
   * @param first the first of them, as received
   */
  public IncompleteListing(RemotePath directory, long lines, String first) {
    super(
        RawName.escape(directory.toString())
            + ": "
            + lines
            + (lines == 1 ? " line was" : " lines were")
            + " not understood, first: "
            + shown(first),
        null);
    this.lines = lines;
    this.first = shown(first);
  }

  /** How many lines were not understood. */
  public long lines() {
    return lines;
  }

  /** The first of them, escaped and cut to a length that fits a message. */
  public String first() {
    return first;
  }

  private static String shown(String line) {
    String escaped = RawName.escape(line);
    return escaped.length() <= SHOWN ? escaped : escaped.substring(0, SHOWN) + "…";
  }
}
