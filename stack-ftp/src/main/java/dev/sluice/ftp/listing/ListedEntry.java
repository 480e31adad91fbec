package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.ftp.ListingOptions;

/**
 * One name of a directory listing.
 *
 * @param name a single name, never {@code .} or {@code ..}, without {@code /} and NUL; it may begin
 *     and end with blanks
 * @param attributes the attributes in the line; times without a time zone are in {@link
 *     ListingOptions#zone}
 * @param timed whether the line shows the time of day, not only the date
 */
public record ListedEntry(String name, FileAttributes attributes, boolean timed) {}
