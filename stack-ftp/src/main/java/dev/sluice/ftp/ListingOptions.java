package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How a listing is read.
 *
 * @param dialect the format, for sure; null = find it out
 * @param system the text of the SYST reply, which tells what format to try first; null = unknown
 * @param charset of the names
 * @param zone in which the server tells times
 * @param clock tells the year of dates that have none
 * @param unparsed what follows when lines are not understood
 */
@RecordBuilder
public record ListingOptions(
    @Nullable Dialect dialect,
    @Nullable String system,
    PathCharset charset,
    ZoneId zone,
    Clock clock,
    UnparsedLines unparsed)
    implements ListingOptionsBuilder.With {

  public static final ListingOptions DEFAULT =
      new ListingOptions(
          null, null, PathCharset.UTF_8, ZoneOffset.UTC, Clock.systemUTC(), UnparsedLines.FAIL);
}
