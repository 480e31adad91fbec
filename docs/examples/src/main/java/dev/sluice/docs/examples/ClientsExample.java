package dev.sluice.docs.examples;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Clients;
import dev.sluice.client.RemoteClient;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.blocking.BlockingSession;
import dev.sluice.client.nio.ServerFileSystems;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.ftp.Dialect;
import dev.sluice.ftp.client.FtpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Clients whose protocol is known only from a URI, and code that may wait. */
public final class ClientsExample {
  private ClientsExample() {}

  /** Logs in with a key; the host must be on record. */
  public static FileClient withKey(URI uri, Path key, char[] passphrase, Path file) {
    FileClient client = Clients.of(uri, c -> c.keyFile(key, passphrase).knownHosts(file));
    return client;
  }

  /** What all protocols have, and what only one of them has. */
  public static RemoteClient tuned(URI uri, String password) {
    return Clients.of(
        uri,
        c ->
            c.password(password)
                .connectTimeout(Duration.ofSeconds(5))
                .tune(FtpClient.class, ftp -> ftp.listing(l -> l.withDialect(Dialect.UNIX))));
  }

  /** Each verb borrows a session. */
  public static FileOperations pooled(RemoteClient client) {
    return client.pooled(PoolOptions.most(4).withIdle(Duration.ofMinutes(5)));
  }

  /** For any thread that may wait; failures are those of java.nio.file. */
  public static byte[] exchange(RemoteClient client, Path target) throws IOException {
    RemotePath in = RemotePath.of("/in.txt");
    try (BlockingSession session = client.blocking().connect()) {
      session.write(
          in, WriteMode.replace(), out -> out.write("hello".getBytes(StandardCharsets.UTF_8)));
      session.download(in, target);
      try (InputStream stream = session.newInputStream(in)) {
        return stream.readAllBytes();
      }
    }
  }

  /** A server as a file system of the JDK. */
  public static List<String> copied(RemoteClient client, Path local) throws IOException {
    try (FileSystem remote =
        ServerFileSystems.of(client, PoolOptions.most(4), BlockingOptions.DEFAULT)) {
      Path in = remote.getPath("/in");
      Files.createDirectories(in);
      Files.copy(local, in.resolve("a.csv"), StandardCopyOption.REPLACE_EXISTING);
      try (Stream<Path> all = Files.walk(in)) {
        return all.filter(Files::isRegularFile).map(Path::toString).toList();
      }
    }
  }
}
