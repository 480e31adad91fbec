package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How a client reads LIST, where a server has no MLSD.
 *
 * @param dialect the format, for sure; null = find it out
 * @param zone the time zone of the server's listings; null = found out with MDTM
 * @param unparsed what follows when lines are not understood
 */
@RecordBuilder
public record FtpListing(@Nullable Dialect dialect, @Nullable ZoneId zone, UnparsedLines unparsed)
    implements FtpListingBuilder.With {
  /** Everything is found out; a line that is not understood fails the listing. */
  public static final FtpListing DEFAULT = new FtpListing(null, null, UnparsedLines.FAIL);
}
