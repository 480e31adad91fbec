package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.ftp.ListingOptions;

/**
 * One name of a directory listing.
 *
 * @param name a single name, never {@code .} or {@code ..}, without {@code /} and NUL; it may begin
 *     and end with blanks
 * @param attributes what the line told; times of a listing without time zone are those of {@link
 *     ListingOptions#zone}
 * @param timed whether the line told the time of day, not only the date
 */
public record ListedEntry(String name, FileAttributes attributes, boolean timed) {}
