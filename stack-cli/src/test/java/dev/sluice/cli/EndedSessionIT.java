package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.copy.TransferOptions;
import dev.sluice.test.FixedRandom;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that ends in the middle of one file is begun again, and the file with it. */
final class EndedSessionIT {
  private static final int SIZE = 8 << 20;

  @TempDir Path home;
  private Path served;
  private SluiceProcess server;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    byte[] octets = new byte[SIZE];
    new FixedRandom(7).nextBytes(octets);
    Files.write(served.resolve("there"), octets);
    Files.write(home.resolve("here"), octets);
    server =
        SluiceProcess.start(
            home,
            "serve",
            "--root",
            served.toString(),
            "--user",
            "ann:pw",
            "--listen",
            "sftp://127.0.0.1:0",
            "--host-keys",
            home.resolve("keys").toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "resume"})
  void aDownloadGoesOn(String way) throws Exception {
    try (Cutter cutter = new Cutter(port(), 1)) {
      assertThat(run(way, "get", cutter.url("there"), "got")).isZero();

      assertThat(home.resolve("got")).hasSameBinaryContentAs(served.resolve("there"));
      assertThat(cutter.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "resume"})
  void anUploadGoesOn(String way) throws Exception {
    try (Cutter cutter = new Cutter(port(), 1)) {
      assertThat(run(way, "put", "here", cutter.url("put"))).isZero();

      assertThat(served.resolve("put")).hasSameBinaryContentAs(home.resolve("here"));
      assertThat(cutter.connections()).isEqualTo(2);
    }
  }

  @Test
  void aSessionThatAlwaysEndsIsGivenUp() throws Exception {
    try (Cutter cutter = new Cutter(port(), Integer.MAX_VALUE)) {
      assertThat(run("plain", "get", cutter.url("there"), "got")).isNotZero();

      assertThat(home.resolve("got")).doesNotExist();
      assertThat(cutter.connections()).isEqualTo(1 + TransferOptions.RETRIES);
    }
  }

  private int port() {
    String url = server.ready().get(0);
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  private int run(String way, String command, String... arguments) throws InterruptedException {
    List<String> all = new CopyOnWriteArrayList<>(List.of(command, "--insecure-host-key"));
    if (way.equals("resume")) {
      all.add("--resume");
    }
    all.addAll(List.of(arguments));
    return SluiceProcess.run(home, all.toArray(String[]::new));
  }

  /** A path to a port that carries 4 MiB of the first connections either way, and cuts them. */
  private static final class Cutter implements AutoCloseable {
    private static final int CARRIED = 4 << 20;

    private final ServerSocket listener;
    private final int target;
    private final int cut;
    private final AtomicInteger connections = new AtomicInteger();

    Cutter(int target, int cut) throws IOException {
      this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      this.target = target;
      this.cut = cut;
      daemon(this::accept);
    }

    String url(String name) {
      return "sftp://ann:pw@127.0.0.1:" + listener.getLocalPort() + "/" + name;
    }

    int connections() {
      return connections.get();
    }

    @Override
    public void close() {
      quietly(listener::close);
    }

    private void accept() throws IOException {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        long most = connections.incrementAndGet() <= cut ? CARRIED : Long.MAX_VALUE;
        daemon(() -> carry(near, far, most));
        daemon(() -> carry(far, near, most));
      }
    }

    private static void carry(Socket from, Socket to, long most) throws IOException {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] piece = new byte[64 * 1024];
        long left = most;
        for (int n = in.read(piece); n >= 0 && left > 0; n = in.read(piece)) {
          out.write(piece, 0, n);
          left -= n;
        }
      }
    }

    private interface Work {
      void run() throws IOException;
    }

    private static void daemon(Work work) {
      Thread thread = new Thread(() -> quietly(work), "cutter");
      thread.setDaemon(true);
      thread.start();
    }

    private static void quietly(Work work) {
      try {
        work.run();
      } catch (IOException | UncheckedIOException e) {
        // The other end is gone, which is what this is about.
      }
    }
  }
}
