package dev.sluice.ftp;

/**
 * Commands, several of which serve the same purpose. A client uses the best one that a server has.
 * When a command turns out not to work, the client uses the next for the rest of the session.
 * {@link FtpDialogue#avoided()} leaves some out.
 */
public enum FtpMeans {
  /** Passive mode: the port alone (RFC 2428); the only means over IPv6. */
  EPSV("EPSV"),
  /** Passive mode: address and port (RFC 959). */
  PASV("PASV"),
  /** Listings for programs, and facts of one name by MLST (RFC 3659). */
  MLSD("MLSD"),
  /** Listings for people. */
  LIST("LIST"),
  /** TLS as RFC 4217 defines it. */
  AUTH_TLS("AUTH TLS"),
  /** TLS as older servers do it. */
  AUTH_SSL("AUTH SSL"),
  /** Sets the time of a file. */
  MFMT("MFMT"),
  /** Sets facts of a file, its time among them. */
  MFF("MFF"),
  /** Sets the time of a file by the form {@code MDTM time path} of some servers. */
  MDTM("MDTM"),
  /** Sets the times of a file by {@code SITE UTIME}. */
  SITE_UTIME("SITE UTIME");

  private final String command;

  FtpMeans(String command) {
    this.command = command;
  }

  /** The command as it is sent. */
  public String command() {
    return command;
  }
}
