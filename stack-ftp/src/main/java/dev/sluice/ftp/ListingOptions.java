package dev.sluice.ftp;

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
public record ListingOptions(
    @Nullable Dialect dialect,
    @Nullable String system,
    PathCharset charset,
    ZoneId zone,
    Clock clock,
    UnparsedLines unparsed) {

  public static final ListingOptions DEFAULT =
      new ListingOptions(
          null, null, PathCharset.UTF_8, ZoneOffset.UTC, Clock.systemUTC(), UnparsedLines.FAIL);

  public ListingOptions withDialect(@Nullable Dialect newDialect) {
    return new ListingOptions(newDialect, system, charset, zone, clock, unparsed);
  }

  public ListingOptions withSystem(@Nullable String syst) {
    return new ListingOptions(dialect, syst, charset, zone, clock, unparsed);
  }

  public ListingOptions withCharset(PathCharset names) {
    return new ListingOptions(dialect, system, names, zone, clock, unparsed);
  }

  public ListingOptions withZone(ZoneId ofServer) {
    return new ListingOptions(dialect, system, charset, ofServer, clock, unparsed);
  }

  public ListingOptions withClock(Clock newClock) {
    return new ListingOptions(dialect, system, charset, zone, newClock, unparsed);
  }

  public ListingOptions withUnparsed(UnparsedLines policy) {
    return new ListingOptions(dialect, system, charset, zone, clock, policy);
  }
}
