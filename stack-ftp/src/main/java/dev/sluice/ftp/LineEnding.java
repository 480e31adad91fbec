package dev.sluice.ftp;

/** What ends a line of a control connection. */
public enum LineEnding {
  /** {@code CR LF}, and LF alone. */
  LENIENT,
  /** {@code CR LF} only; an LF elsewhere is part of the line (RFC 2640 section 3.1). */
  STRICT
}
