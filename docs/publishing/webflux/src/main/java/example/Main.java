package example;

import dev.sluice.api.BoundServer;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.transport.door.StaticUsers;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Streams a file of 1 GiB from SFTP and from FTPS through the application to a slow reader. The
 * application has 64 MiB of heap and 32 MiB of direct memory: what it does not hold back would end
 * it. Arguments: a directory with {@code store.p12} and {@code cert.pem}.
 */
public final class Main {
  private static final long SIZE = 1L << 30;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Main() {}

  public static void main(String[] args) throws Exception {
    Path work = Path.of(args[0]);
    Path files = Files.createDirectory(work.resolve("files"));
    try (RandomAccessFile big = new RandomAccessFile(files.resolve("big").toFile(), "rw")) {
      big.setLength(SIZE);
      big.seek(SIZE - 4);
      big.writeBytes("last");
    }
    StaticUsers users = StaticUsers.of("ann", "secret");
    BoundServer sftp =
        SftpServer.create()
            .host("localhost")
            .port(0)
            .hostKey(SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom())))
            .storage(LocalStorage.at(files))
            .users(users)
            .bind()
            .block(LIMIT);
    BoundServer ftps =
        FtpServer.create()
            .host("localhost")
            .port(0)
            .tls(FtpServerTls.explicit(TlsServerOptions.of(material(work.resolve("store.p12")))))
            .storage(LocalStorage.at(files))
            .users(users)
            .bind()
            .block(LIMIT);
    int port = freePort();
    Process application = application(work, port, sftp, ftps);
    boolean ok = false;
    try {
      ok = streams(port, "sftp", application) && streams(port, "ftps", application);
    } finally {
      application.destroy();
      application.waitFor(10, TimeUnit.SECONDS);
    }
    System.exit(ok ? 0 : 1);
  }

  private static Process application(Path work, int port, BoundServer sftp, BoundServer ftps)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dserver.port=" + port,
            "-cp",
            System.getProperty("java.class.path"),
            Application.class.getName(),
            "--sluice.clients.sftp.uri=sftp://ann@localhost:" + sftp.address().getPort(),
            "--sluice.clients.sftp.password=secret",
            "--sluice.clients.sftp.host-key=" + sftp.fingerprints().get(0),
            "--sluice.clients.ftps.uri=ftpes://ann@localhost:" + ftps.address().getPort(),
            "--sluice.clients.ftps.password=secret",
            "--sluice.clients.ftps.trust=" + work.resolve("cert.pem"))
        .redirectErrorStream(true)
        .redirectOutput(work.resolve("application.log").toFile())
        .start();
  }

  private static boolean streams(int port, String server, Process application) throws Exception {
    awaitPort(port, application);
    long begun = System.nanoTime();
    HttpURLConnection http =
        (HttpURLConnection)
            URI.create("http://localhost:" + port + "/" + server + "/big").toURL().openConnection();
    http.setReadTimeout(60_000);
    try (InputStream in = http.getInputStream()) {
      long octets = slowly(in);
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf("%s: %,d octets in %.1f s%n", server, octets, seconds);
      return http.getResponseCode() == 200 && octets == SIZE;
    }
  }

  /** Stops for a moment after each 32 MiB: by then a sender without demand is far ahead. */
  private static long slowly(InputStream in) throws Exception {
    byte[] chunk = new byte[64 * 1024];
    long octets = 0;
    byte[] last = new byte[4];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      if (octets >> 25 != octets + n >> 25) {
        Thread.sleep(100);
      }
      octets += n;
      int kept = Math.max(0, 4 - n);
      System.arraycopy(last, 4 - kept, last, 0, kept);
      System.arraycopy(chunk, Math.max(0, n - 4), last, kept, 4 - kept);
    }
    return new String(last, StandardCharsets.US_ASCII).equals("last") ? octets : -1;
  }

  private static void awaitPort(int port, Process application) throws Exception {
    for (int i = 0; i < 300 && application.isAlive(); i++) {
      try (Socket socket = new Socket("localhost", port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    throw new IOException("the application does not listen");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static KeyMaterial material(Path store) throws Exception {
    try (FileInputStream in = new FileInputStream(store.toFile())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, "changeit".toCharArray());
      return KeyMaterial.of(keys, "changeit".toCharArray());
    }
  }
}
