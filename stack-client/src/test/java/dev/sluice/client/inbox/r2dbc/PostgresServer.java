package dev.sluice.client.inbox.r2dbc;

import dev.sluice.test.peer.Peers;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** A PostgreSQL of its own on a port of its own, without a password. It refuses to run as root. */
final class PostgresServer {
  private static final String ACCOUNT = "postgres";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path home;
  private final Process process;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(Path home, Process process, int port) {
    this.home = home;
    this.process = process;
    this.port = port;
  }

  static PostgresServer start() throws IOException, InterruptedException {
    Peers.require("postgresql");
    Path programs = Peers.program("postgresql").getParent();
    Path home = Files.createTempDirectory("sluice-postgres");
    Files.setOwner(
        home, home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ACCOUNT));
    String data = home.resolve("data").toString();
    Process made =
        run(home, programs.resolve("initdb"), "-D", data, "-U", ACCOUNT, "-A", "trust", "-N");
    if (made.waitFor() != 0) {
      throw new IOException(Files.readString(home.resolve("log")));
    }
    int port = freePort();
    Process process =
        run(
            home,
            programs.resolve("postgres"),
            "-D",
            data,
            "-k",
            home.toString(),
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "-F");
    return new PostgresServer(home, process, port);
  }

  private static Process run(Path home, Path program, String... words) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("setpriv", "--reuid", ACCOUNT, "--regid", ACCOUNT, "--clear-groups"));
    all.add(program.toString());
    all.addAll(List.of(words));
    return new ProcessBuilder(all)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A database without tables. */
  ConnectionFactory freshDatabase() {
    String name = "claims" + databases.incrementAndGet();
    Flux.usingWhen(
            Mono.from(connections(ACCOUNT).create())
                .retryWhen(Retry.fixedDelay(PATIENCE.toSeconds() * 5, Duration.ofMillis(200))),
            it -> it.createStatement("CREATE DATABASE " + name).execute(),
            it -> it.close())
        .then()
        .block(PATIENCE);
    return connections(name);
  }

  private ConnectionFactory connections(String database) {
    return new PostgresqlConnectionFactory(
        PostgresqlConnectionConfiguration.builder()
            .host("127.0.0.1")
            .port(port)
            .username(ACCOUNT)
            .database(database)
            .build());
  }

  void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
