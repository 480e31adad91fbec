package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Protocol;
import dev.sluice.ftp.peer.ProFtpd;
import dev.sluice.ftp.peer.PureFtpd;
import dev.sluice.ftp.peer.Vsftpd;
import java.util.Locale;

/** The servers that take part. */
public final class Servers {
  public static final Server SSHD = new OpenSshServer();
  public static final Server MINA = new JvmServer("MINA", Protocol.SFTP, "mina");
  public static final Server MINA_TUNED = new JvmServer("MINA tuned", Protocol.SFTP, "mina-tuned");

  private Servers() {}

  /** Ours. */
  public static Server sluice(Protocol protocol) {
    return new JvmServer("Sluice", protocol, "sluice-" + lower(protocol));
  }

  public static Server vsftpd(Protocol protocol) {
    return new NativeFtpServer("vsftpd", protocol, "vsftpd", Vsftpd::start);
  }

  public static Server proftpd(Protocol protocol) {
    return new NativeFtpServer("ProFTPD", protocol, "proftpd", ProFtpd::start);
  }

  public static Server pureFtpd(Protocol protocol) {
    return new NativeFtpServer("Pure-FTPd", protocol, "pure-ftpd", PureFtpd::start);
  }

  public static Server apache(Protocol protocol) {
    return new JvmServer("Apache FtpServer", protocol, "apache-" + lower(protocol));
  }

  private static String lower(Protocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT);
  }
}
