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
import dev.sluice.ftp.FtpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * Our FTP client as one contender of {@code compare-ftp}: serves {@code SERVED} on a free port,
 * tells the port, then does what lines of standard input say. {@code up PORT} and {@code down PORT}
 * move the file called {@code file} to or from a server on this machine as {@code up} or {@code
 * down}, and are answered with octets a second.
 */
public final class FtpRates {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final RemotePath ORIGINAL = RemotePath.root().child("file");

  private final String user;
  private final String password;
  private final Path directory;

  private FtpRates(String user, String password, Path directory) {
    this.user = user;
    this.password = password;
    this.directory = directory;
  }

  /** Takes {@code USER PASSWORD DIRECTORY SERVED}. */
  public static void main(String[] args) throws IOException {
    FtpRates client = new FtpRates(args[0], args[1], Path.of(args[2]));
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
    Mono<? extends BoundServer> bound =
        FtpServer.create()
            .host("127.0.0.1")
            .port(0)
            .storage(LocalStorage.at(served))
            .users(StaticUsers.of(user, password))
            .bind();
    return Objects.requireNonNull(bound.block(LIMIT));
  }

  /** Octets a second from the login's end to the last reply, as curl counts. */
  private long rate(String direction, int port) throws IOException {
    Path arrived = directory.resolve("down");
    Files.deleteIfExists(arrived);
    FileOperations local =
        Objects.requireNonNull(
            LocalStorage.at(directory).open(Identity.of("benchmark")).block(LIMIT));
    FileSession remote =
        Objects.requireNonNull(
            FtpClient.create("127.0.0.1")
                .port(port)
                .credentials(user, password)
                .connect()
                .block(LIMIT));
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
