package dev.sluice.ftp;

/**
 * What a client keeps of what a server says.
 *
 * @param replyLineOctets of one line of a reply; a longer one ends the session
 * @param replyLines of one reply; one more ends the session
 * @param listingLineOctets of one line of a listing; a longer one fails the listing
 */
public record FtpLimits(int replyLineOctets, int replyLines, int listingLineOctets) {
  /** 8 KiB, 1,000 lines, 64 KiB. */
  public static final FtpLimits DEFAULT = new FtpLimits(8192, 1000, 65536);

  public FtpLimits {
    if (replyLineOctets < 64 || replyLines < 1 || listingLineOctets < 64) {
      throw new IllegalArgumentException(
          "reply line "
              + replyLineOctets
              + ", lines "
              + replyLines
              + ", listing line "
              + listingLineOctets);
    }
  }
}
