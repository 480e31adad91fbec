package dev.sluice.bench.suite.contender;

import dev.sluice.test.peer.Peers;

/** The clients that take part. */
public final class Clients {
  public static final Client CURL = new CurlClient();
  public static final Client LFTP = new LftpClient("lftp", 1);
  public static final Client OPENSSH = new OpenSshClient(false);

  /** Ours. */
  public static final WorkerClient SLUICE = new WorkerClient("Sluice", "sluice");

  public static final WorkerClient COMMONS_NET = new WorkerClient("commons-net", "commons-net");
  public static final WorkerClient MINA = new WorkerClient("MINA", "mina");
  public static final WorkerClient MINA_TUNED = new WorkerClient("MINA tuned", "mina-tuned");
  public static final WorkerClient SSHJ = new WorkerClient("sshj", "sshj");
  public static final WorkerClient JSCH = new WorkerClient("JSch", "jsch");

  /** Programs of which the whole process counts. */
  static final Client SLUICE_COMMAND =
      new Program("sluice", SluiceWords.missing(), new SluiceWords(0));

  static final Client SLUICE_SIXTEEN =
      new Program("sluice -j16", SluiceWords.missing(), new SluiceWords(16));
  static final Client SFTP_COMMAND = new OpenSshClient(true);
  static final Client CURL_COMMAND = new Program("curl", Peers.whyMissing("curl"), new CurlWords());
  static final Client LFTP_FOUR = new LftpClient("lftp -P4", 4);
  static final Client RCLONE =
      new Program("rclone", Peers.whyMissing("rclone"), new RcloneWords(4));
  static final Client RCLONE_32 =
      new Program("rclone --transfers 32", Peers.whyMissing("rclone"), new RcloneWords(32));

  private Clients() {}
}
