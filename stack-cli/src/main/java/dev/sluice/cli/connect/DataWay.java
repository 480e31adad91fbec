package dev.sluice.cli.connect;

import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpDialogue;
import dev.sluice.ftp.FtpMeans;
import dev.sluice.ftp.FtpSecurity;

/** How data connections over FTP are made. */
public enum DataWay {
  /** As the options say. */
  USUAL,
  EPSV,
  PASV,
  ACTIVE,
  /** Each with a TLS session of its own. */
  NEW_TLS;

  DataMode mode(DataMode usual) {
    return switch (this) {
      case USUAL, NEW_TLS -> usual;
      case EPSV, PASV -> DataMode.passive();
      case ACTIVE -> DataMode.active();
    };
  }

  FtpDialogue dialogue(FtpDialogue usual) {
    return switch (this) {
      case USUAL, ACTIVE, NEW_TLS -> usual;
      case EPSV -> usual.without(FtpMeans.PASV);
      case PASV -> usual.without(FtpMeans.EPSV);
    };
  }

  FtpSecurity security(FtpSecurity usual) {
    return this == NEW_TLS ? usual.withResumption(FtpSecurity.Resumption.OFF) : usual;
  }
}
