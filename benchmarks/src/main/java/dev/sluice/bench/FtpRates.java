package dev.sluice.bench;

import dev.sluice.api.BoundServer;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.StaticUsers;
import dev.sluice.api.storage.local.LocalStorage;
import dev.sluice.api.transfer.Transfers;
import dev.sluice.ftp.FtpClient;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServer;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Our FTP client as one contender of {@code compare-ftp} and {@code compare-ftps}: serves {@code
 * SERVED} on a free port, tells the port, then does what lines of standard input say. {@code up
 * PORT} and {@code down PORT} move the file called {@code file} to or from a server on this machine
 * as {@code up} or {@code down}, and are answered with octets a second.
 */
public final class FtpRates {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final RemotePath ORIGINAL = RemotePath.root().child("file");

  private final String user;
  private final String password;
  private final Path directory;
  private final @Nullable BenchCertificate certificate;

  private FtpRates(
      String user, String password, Path directory, @Nullable BenchCertificate certificate) {
    this.user = user;
    this.password = password;
    this.directory = directory;
    this.certificate = certificate;
  }

  /** Takes {@code USER PASSWORD DIRECTORY SERVED}, and {@code tls} for both ends over TLS. */
  public static void main(String[] args) throws IOException {
    BenchCertificate shown = args.length > 4 ? BenchCertificate.generate() : null;
    FtpRates client = new FtpRates(args[0], args[1], Path.of(args[2]), shown);
    BoundServer server = client.serve(Path.of(args[3]));
    System.out.println(server.address().getPort());
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", 2);
      System.out.println(client.rate(words[0], Integer.parseInt(words[1])));
    }
    server.close().block(LIMIT);
  }

  private BoundServer serve(Path served) {
    FtpServer server =
        FtpServer.create()
            .host("127.0.0.1")
            .port(0)
            .storage(LocalStorage.at(served))
            .users(StaticUsers.of(user, password));
    if (certificate != null) {
      List<X509Certificate> chain = List.of(certificate.certificate());
      KeyMaterial material = KeyMaterial.of(certificate.key(), chain);
      server = server.tls(FtpServerTls.explicit(TlsServerOptions.of(material)));
    }
    return Objects.requireNonNull(server.bind().block(LIMIT));
  }

  private FtpClient client(int port) {
    FtpClient client = FtpClient.create("localhost").port(port).credentials(user, password);
    if (certificate == null) {
      return client;
    }
    PeerVerification trust = PeerVerification.authorities(List.of(certificate.certificate()));
    return client.security(FtpSecurity.explicit(TlsClientOptions.DEFAULT.withVerification(trust)));
  }

  /** Octets a second from the login's end to the last reply, as curl counts. */
  private long rate(String direction, int port) throws IOException {
    Path arrived = directory.resolve("down");
    Files.deleteIfExists(arrived);
    FileOperations local =
        Objects.requireNonNull(
            LocalStorage.at(directory).open(Identity.of("benchmark")).block(LIMIT));
    FileSession remote = Objects.requireNonNull(client(port).connect().block(LIMIT));
    long begun = System.nanoTime();
    if (direction.equals("up")) {
      copy(local, ORIGINAL, remote, RemotePath.root().child("up"));
    } else {
      copy(remote, ORIGINAL, local, RemotePath.root().child("down"));
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    remote.close().then(local.close()).block(LIMIT);
    long octets = Files.size(directory.resolve("file"));
    Files.deleteIfExists(arrived);
    return (long) (octets / seconds);
  }

  private static void copy(
      FileOperations from, RemotePath source, FileOperations to, RemotePath target) {
    Transfers.copy(from, source, to, target, WriteMode.replace()).blockLast(LIMIT);
  }
}
