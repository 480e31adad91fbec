package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What a client keeps of what a server says, and how far it lets the server go.
 *
 * @param replyLineOctets of one line of a reply; a longer one ends the session
 * @param replyLines of one reply; one more ends the session
 * @param listingLineOctets of one line of a listing; a longer one fails the listing
 * @param inflate how far a compressed download ({@code MODE Z}) may grow; one that grows further
 *     fails with {@link dev.sluice.api.LimitExceeded}
 */
@RecordBuilder
public record FtpLimits(
    int replyLineOctets, int replyLines, int listingLineOctets, InflateLimit inflate)
    implements FtpLimitsBuilder.With {
  /** 8 KiB, 1,000 lines, 64 KiB, {@link InflateLimit#DEFAULT}. */
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

  /** As above, with {@link InflateLimit#DEFAULT}. */
  public FtpLimits(int replyLineOctets, int replyLines, int listingLineOctets) {
    this(replyLineOctets, replyLines, listingLineOctets, InflateLimit.DEFAULT);
  }
}
