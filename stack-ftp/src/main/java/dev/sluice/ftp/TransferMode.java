package dev.sluice.ftp;

/** The transmission mode of a transfer (RFC 959 section 3.4). */
public enum TransferMode {
  /** {@code MODE S}: the end of the connection is the end of the file. */
  STREAM("S"),
  /** {@code MODE B}: blocks with headers, of which the last is marked. */
  BLOCK("B"),
  /** {@code MODE Z}: one zlib stream (draft-preston-ftpext-deflate). */
  DEFLATE("Z");

  private final String code;

  TransferMode(String code) {
    this.code = code;
  }

  /** The argument of {@code MODE}. */
  public String code() {
    return code;
  }
}
