package dev.sluice.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.daemon.ConfiguredAccess;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.test.HeardEvents;
import dev.sluice.test.peer.Peers;
import dev.sluice.tls.test.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * HAProxy in front, as {@code docs/how-to/put-haproxy-in-front.md} sets it up: TCP, PROXY version
 * 2, one address for control and data connections.
 */
@Timeout(300)
final class HaProxyIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CURL_LOGIN_DENIED = 67;
  private static final String FRONT = "127.0.0.1";
  private static final String BACK = "127.0.0.2";
  private static final TestCertificates CERTIFICATES = new TestCertificates();

  private final HeardEvents heard = new HeardEvents();

  @TempDir private Path directory;
  private Daemon daemon;
  private Process haproxy;
  private int passive;
  private int ftp;
  private int sftp;

  @BeforeEach
  void start() throws Exception {
    Peers.require("haproxy", "curl", "sftp", "ssh-keygen");
    int first = freePorts(13);
    ftp = first;
    sftp = first + 1;
    passive = first + 2;
    Files.writeString(Files.createDirectory(directory.resolve("home")).resolve("file"), "there");
    assertThat(run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "own").status).isZero();
    TestCertificates.PemFiles pem = CERTIFICATES.write(directory);
    List<String> lines =
        List.of(
            "listeners:",
            "  - url: ftpes://" + BACK + ":" + ftp,
            "    passive: { ports: %d-%d, address: %s }".formatted(passive, passive + 10, FRONT),
            "    proxyProtocol: { from: [127.0.0.1/32] }",
            "  - url: sftp://" + BACK + ":" + sftp,
            "    proxyProtocol: { from: [127.0.0.1/32] }",
            "hostKeys: keys",
            "tls: { certificate: '" + pem.certificate() + "', key: '" + pem.key() + "' }",
            "limits: { ban: { failures: 2, for: 5m } }",
            "users:",
            "  - name: ann",
            "    home: '" + directory.resolve("home") + "'",
            "    keys: [own.pub]",
            "    password: '"
                + OpenBSDBCrypt.generate("secret".toCharArray(), new byte[16], 4)
                + "'");
    Path file = Files.write(directory.resolve("s.yaml"), lines);
    daemon =
        Daemon.start(
                ConfigReader.read(file, Map.<String, String>of()::get).config(),
                new ConfiguredAccess()::of,
                heard)
            .block(PATIENCE);
    startHaproxy();
  }

  private void startHaproxy() throws IOException {
    Path config =
        Files.write(
            directory.resolve("haproxy.cfg"),
            List.of(
                "defaults",
                "  mode tcp",
                "  timeout connect 5s",
                "  timeout client 10m",
                "  timeout server 10m",
                "listen ftp",
                "  bind %s:%d".formatted(FRONT, ftp),
                "  server one %s:%d send-proxy-v2".formatted(BACK, ftp),
                "listen ftp-data",
                "  bind %s:%d-%d".formatted(FRONT, passive, passive + 10),
                "  server one %s send-proxy-v2".formatted(BACK),
                "listen sftp",
                "  bind %s:%d".formatted(FRONT, sftp),
                "  server one %s:%d send-proxy-v2".formatted(BACK, sftp)));
    haproxy =
        new ProcessBuilder(Peers.program("haproxy").toString(), "-db", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("haproxy.log").toFile())
            .start();
    Boolean there =
        Flux.interval(Duration.ofMillis(50))
            .onBackpressureDrop()
            .publishOn(Schedulers.boundedElastic())
            .map(tick -> answers(sftp))
            .takeUntil(Boolean::booleanValue)
            .blockLast(PATIENCE);
    assertThat(there).isTrue();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(FRONT, port)) {
      return socket.getInputStream().read() == 'S';
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (haproxy != null) {
      haproxy.destroyForcibly().waitFor();
    }
    if (daemon != null) {
      daemon.drain(Duration.ZERO).block(PATIENCE);
    }
  }

  @Test
  void sessionsOfBothProtocolsHaveTheAddressesOfTheirClients() throws Exception {
    assertThat(curl("127.0.0.5", "secret").output).isEqualTo("there");
    assertThat(sftp("127.0.0.6")).isEqualTo("there");

    assertThat(addresses(SessionEvent.LoggedIn.class)).containsExactly("127.0.0.5", "127.0.0.6");
    assertThat(addresses(SessionEvent.TransferEnded.class))
        .containsExactly("127.0.0.5", "127.0.0.6");
  }

  @Test
  void aBanCountsTheClientAndNotTheBalancer() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(curl("127.0.0.7", "wrong").status).isNotZero();
    }

    assertThat(curl("127.0.0.7", "secret").status).isNotZero();
    assertThat(curl("127.0.0.5", "secret").output).isEqualTo("there");
    assertThat(curl("127.0.0.5", "wrong").status).isEqualTo(CURL_LOGIN_DENIED);
  }

  @Test
  void aHeaderOfSomebodyElseIsNoHeader() throws Exception {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress("127.0.0.9", 0));
      socket.connect(new InetSocketAddress(BACK, ftp));
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(
              "PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(answers).contains("\r\n50");
    }
    assertThat(addresses(SessionEvent.Connected.class))
        .contains("127.0.0.9")
        .doesNotContain("10.0.0.1");
  }

  private List<String> addresses(Class<? extends SessionEvent> kind) {
    return heard.all().stream()
        .filter(kind::isInstance)
        .map(event -> event.session().peer().getAddress().getHostAddress())
        .toList();
  }

  private Ended curl(String from, String password) throws Exception {
    return run(
        "curl",
        "-sk",
        "--ssl-reqd",
        "--interface",
        from,
        "-u",
        "ann:" + password,
        "ftp://" + FRONT + ":" + ftp + "/file");
  }

  private String sftp(String from) throws Exception {
    Path got = directory.resolve("got");
    Path batch = Files.writeString(directory.resolve("batch"), "get file " + got + "\n");
    List<String> command =
        new ArrayList<>(List.of("sftp", "-q", "-F", "none", "-i", "own", "-P", "" + sftp));
    for (String option :
        List.of(
            "BindAddress=" + from,
            "BatchMode=yes",
            "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=" + directory.resolve("known"))) {
      command.addAll(List.of("-o", option));
    }
    command.addAll(List.of("-b", batch.toString(), "ann@" + FRONT));
    Ended ended = run(command.toArray(String[]::new));
    assertThat(ended.status).as(ended.output).isZero();
    return Files.readString(got);
  }

  private Ended run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "run", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  private record Ended(int status, String output) {}

  /** The first of so many ports that are free on both addresses now. */
  private static int freePorts(int number) throws IOException {
    for (int tries = 0; tries < 100; tries++) {
      int first;
      try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName(FRONT))) {
        first = any.getLocalPort();
      }
      if (first + number < 65536 && areFree(first, number)) {
        return first;
      }
    }
    throw new IOException("no " + number + " ports in a row are free");
  }

  private static boolean areFree(int first, int number) {
    for (int port = first; port < first + number; port++) {
      for (String address : List.of(FRONT, BACK)) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(address))) {
          assertThat(probe.isBound()).isTrue();
        } catch (IOException taken) {
          return false;
        }
      }
    }
    return true;
  }
}
