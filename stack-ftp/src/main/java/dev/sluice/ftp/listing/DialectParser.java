package dev.sluice.ftp.listing;

/** Reads the lines of one listing in one format, in order. Never fails, whatever the line. */
interface DialectParser {
  /** What {@code line}, without its end and not blank, is in this format. */
  Reading read(String line);
}
