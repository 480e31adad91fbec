package dev.sluice.bench.suite.contender;

import static dev.sluice.bench.suite.contender.Clients.COMMONS_NET;
import static dev.sluice.bench.suite.contender.Clients.CURL;
import static dev.sluice.bench.suite.contender.Clients.JSCH;
import static dev.sluice.bench.suite.contender.Clients.LFTP;
import static dev.sluice.bench.suite.contender.Clients.MINA;
import static dev.sluice.bench.suite.contender.Clients.MINA_TUNED;
import static dev.sluice.bench.suite.contender.Clients.OPENSSH;
import static dev.sluice.bench.suite.contender.Clients.SLUICE;
import static dev.sluice.bench.suite.contender.Clients.SSHJ;
import static dev.sluice.bench.suite.contender.Servers.SSHD;
import static dev.sluice.bench.suite.contender.Servers.apache;
import static dev.sluice.bench.suite.contender.Servers.proftpd;
import static dev.sluice.bench.suite.contender.Servers.pureFtpd;
import static dev.sluice.bench.suite.contender.Servers.sluice;
import static dev.sluice.bench.suite.contender.Servers.vsftpd;

import dev.sluice.bench.suite.worker.Protocol;
import java.util.List;

/** The pairs of client and server, in each part of the suite. */
public final class Pairs {
  private Pairs() {}

  /** One big file. */
  public static List<Pair> bigFile(Protocol protocol) {
    return switch (protocol) {
      case FTP, FTPS ->
          List.of(
              new Pair(CURL, vsftpd(protocol)),
              new Pair(CURL, proftpd(protocol)),
              new Pair(CURL, pureFtpd(protocol)),
              new Pair(COMMONS_NET, apache(protocol)),
              new Pair(CURL, sluice(protocol)),
              new Pair(SLUICE, vsftpd(protocol)),
              new Pair(SLUICE, sluice(protocol)));
      case SFTP ->
          List.of(
              new Pair(OPENSSH, SSHD),
              new Pair(JSCH, SSHD),
              new Pair(SSHJ, SSHD),
              new Pair(MINA, Servers.MINA),
              new Pair(MINA_TUNED, Servers.MINA_TUNED),
              new Pair(OPENSSH, sluice(protocol)),
              new Pair(SLUICE, SSHD),
              new Pair(SLUICE, sluice(protocol)));
    };
  }

  /** Many small files. Without commons-net, which moves twenty a second: minutes for each run. */
  public static List<Pair> manyFiles(Protocol protocol) {
    return switch (protocol) {
      case FTP, FTPS ->
          List.of(
              new Pair(LFTP, vsftpd(protocol)),
              new Pair(SLUICE, vsftpd(protocol)),
              new Pair(SLUICE, sluice(protocol)));
      case SFTP ->
          List.of(
              new Pair(OPENSSH, SSHD),
              new Pair(SLUICE, SSHD),
              new Pair(OPENSSH, sluice(protocol)),
              new Pair(SLUICE, sluice(protocol)));
    };
  }

  /** Logins by clients that keep running, so that no start of a process counts. */
  public static List<Pair> logins(Protocol protocol) {
    return switch (protocol) {
      case FTP, FTPS ->
          List.of(new Pair(COMMONS_NET, apache(protocol)), new Pair(SLUICE, sluice(protocol)));
      case SFTP -> List.of(new Pair(MINA, Servers.MINA), new Pair(SLUICE, sluice(protocol)));
    };
  }

  /** Servers that hold sessions of our client. */
  public static List<Pair> idle(Protocol protocol) {
    return switch (protocol) {
      case FTP, FTPS ->
          List.of(
              new Pair(SLUICE, vsftpd(protocol)),
              new Pair(SLUICE, apache(protocol)),
              new Pair(SLUICE, sluice(protocol)));
      case SFTP ->
          List.of(
              new Pair(SLUICE, SSHD),
              new Pair(SLUICE, Servers.MINA),
              new Pair(SLUICE, sluice(protocol)));
    };
  }

  /**
   * Long paths. FTP over TLS has no windows of its own and is left out. So are JSch, sshj and MINA
   * with its default settings: they reach 3 to 10 MB/s, minutes for each run.
   */
  public static List<Pair> longWay(Protocol protocol) {
    return switch (protocol) {
      case FTP ->
          List.of(
              new Pair(CURL, vsftpd(protocol)),
              new Pair(SLUICE, vsftpd(protocol)),
              new Pair(SLUICE, sluice(protocol)));
      case FTPS -> List.of();
      case SFTP ->
          List.of(
              new Pair(OPENSSH, SSHD),
              new Pair(MINA_TUNED, Servers.MINA_TUNED),
              new Pair(OPENSSH, sluice(protocol)),
              new Pair(SLUICE, SSHD),
              new Pair(SLUICE, sluice(protocol)));
    };
  }

  /** One big file, by programs as people start them. */
  public static List<Pair> dailyFile(Protocol protocol) {
    return switch (protocol) {
      case FTP ->
          List.of(
              new Pair(Clients.CURL_COMMAND, vsftpd(protocol)),
              new Pair(LFTP, vsftpd(protocol)),
              new Pair(Clients.RCLONE, vsftpd(protocol)),
              new Pair(Clients.SLUICE_COMMAND, vsftpd(protocol)));
      case FTPS ->
          List.of(
              new Pair(Clients.CURL_COMMAND, proftpd(protocol)),
              new Pair(Clients.SLUICE_COMMAND, proftpd(protocol)));
      case SFTP ->
          List.of(
              new Pair(Clients.SFTP_COMMAND, SSHD),
              new Pair(Clients.RCLONE, SSHD),
              new Pair(Clients.SLUICE_COMMAND, SSHD));
    };
  }

  /** Directories of small files, by programs as people start them. */
  public static List<Pair> dailyTree(Protocol protocol) {
    return switch (protocol) {
      case FTP ->
          List.of(
              new Pair(LFTP, vsftpd(protocol)),
              new Pair(Clients.LFTP_FOUR, vsftpd(protocol)),
              new Pair(Clients.RCLONE, vsftpd(protocol)),
              new Pair(Clients.SLUICE_COMMAND, vsftpd(protocol)),
              new Pair(Clients.RCLONE_32, vsftpd(protocol)),
              new Pair(Clients.SLUICE_SIXTEEN, vsftpd(protocol)));
      case FTPS -> List.of();
      case SFTP ->
          List.of(
              new Pair(Clients.SFTP_COMMAND, SSHD),
              new Pair(Clients.RCLONE, SSHD),
              new Pair(Clients.RCLONE_32, SSHD),
              new Pair(Clients.SLUICE_COMMAND, SSHD));
    };
  }

  /** Directories that are alike already; sftp fetches them again. */
  public static List<Pair> dailyAgain(Protocol protocol) {
    return dailyTree(protocol).stream()
        .filter(pair -> !pair.client().name().equals("sftp"))
        .toList();
  }
}
