package dev.sluice.bench.suite.contender;

/** The clients that take part. */
public final class Clients {
  public static final Client CURL = new CurlClient();
  public static final Client LFTP = new LftpClient();
  public static final Client OPENSSH = new OpenSshClient();

  /** Ours. */
  public static final WorkerClient SLUICE = new WorkerClient("Sluice", "sluice");

  public static final WorkerClient COMMONS_NET = new WorkerClient("commons-net", "commons-net");
  public static final WorkerClient MINA = new WorkerClient("MINA", "mina");
  public static final WorkerClient MINA_TUNED = new WorkerClient("MINA tuned", "mina-tuned");
  public static final WorkerClient SSHJ = new WorkerClient("sshj", "sshj");
  public static final WorkerClient JSCH = new WorkerClient("JSch", "jsch");

  private Clients() {}
}
