package dev.sluice.cli.connect;

import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpDialogue;
import dev.sluice.ftp.FtpMeans;

/** How data connections over FTP are made. */
public enum DataWay {
  /** As the options say. */
  USUAL,
  EPSV,
  PASV,
  ACTIVE;

  DataMode mode(DataMode usual) {
    return switch (this) {
      case USUAL -> usual;
      case EPSV, PASV -> DataMode.passive();
      case ACTIVE -> DataMode.active();
    };
  }

  FtpDialogue dialogue(FtpDialogue usual) {
    return switch (this) {
      case USUAL, ACTIVE -> usual;
      case EPSV -> usual.without(FtpMeans.PASV);
      case PASV -> usual.without(FtpMeans.EPSV);
    };
  }
}
