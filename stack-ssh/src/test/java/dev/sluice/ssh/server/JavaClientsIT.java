package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.trust.KeyText;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.Conforms;
import dev.sluice.test.OwnThread;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server with the clients that Java programs use: Apache MINA SSHD, sshj and JSch. */
final class JavaClientsIT {
  private static final Duration WAIT = Duration.ofMinutes(3);
  private static final int MEBIBYTES = 64;

  private static Scratch scratch;
  private static Path key;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    Peers.require("ssh-keygen");
    scratch = Scratch.create("java-clients");
    key = scratch.file("key");
    Run.of(
            List.of("ssh-keygen", "-q", "-N", "", "-t", "ecdsa", "-f", key.toString()),
            scratch.base())
        .requireSuccess();
    String[] line = Files.readString(Path.of(key + ".pub")).split(" ");
    SshPublicKey known = KeyText.parse(line[0], line[1]);
    server = TestServer.start(known);
  }

  @AfterAll
  static void stop() {
    server.close();
    scratch.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Conforms({"SSH-135", "SSH-138", "SSH-180", "SSH-195"})
  void minaMovesMuchDataBothWays(boolean withKey) throws Exception {
    TestStream.Source sent = new TestStream.Source(MEBIBYTES);
    TestStream.Sink received = new TestStream.Sink();
    try (SshClient client = SshClient.setUpDefaultClient()) {
      client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
      client.start();
      try (ClientSession session =
          client.connect(TestServer.USER, "127.0.0.1", server.port()).verify(WAIT).getSession()) {
        if (withKey) {
          session.addPublicKeyIdentity(minaKey());
        } else {
          session.addPasswordIdentity(TestServer.PASSWORD);
        }
        session.auth().verify(WAIT);
        try (org.apache.sshd.client.channel.ChannelExec exec = session.createExecChannel("cat")) {
          exec.setIn(sent);
          exec.setOut(received);
          exec.open().verify(WAIT);
          exec.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), WAIT);
          assertThat(exec.getExitStatus()).isZero();
        }
      }
    }
    received.assertSame(sent);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Conforms({"SSH-135", "SSH-138", "SSH-180", "SSH-195"})
  void sshjMovesMuchDataBothWays(boolean withKey) throws Exception {
    TestStream.Source sent = new TestStream.Source(MEBIBYTES);
    TestStream.Sink received = new TestStream.Sink();
    try (SSHClient client = new SSHClient()) {
      client.addHostKeyVerifier(server.fingerprint());
      client.connect("127.0.0.1", server.port());
      if (withKey) {
        client.authPublickey(TestServer.USER, key.toString());
      } else {
        client.authPassword(TestServer.USER, TestServer.PASSWORD);
      }
      try (net.schmizz.sshj.connection.channel.direct.Session session = client.startSession();
          net.schmizz.sshj.connection.channel.direct.Session.Command cat = session.exec("cat")) {
        CompletableFuture<Void> sending = copying(sent, cat.getOutputStream());
        cat.getInputStream().transferTo(received);
        sending.get(1, TimeUnit.MINUTES);
        cat.join(1, TimeUnit.MINUTES);
        assertThat(cat.getExitStatus()).isZero();
      }
    }
    received.assertSame(sent);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Conforms({"SSH-135", "SSH-138", "SSH-180", "SSH-195"})
  void jschMovesMuchDataBothWays(boolean withKey) throws Exception {
    TestStream.Source sent = new TestStream.Source(MEBIBYTES);
    TestStream.Sink received = new TestStream.Sink();
    JSch jsch = new JSch();
    if (withKey) {
      jsch.addIdentity(key.toString());
    }
    Session session = jsch.getSession(TestServer.USER, "127.0.0.1", server.port());
    if (!withKey) {
      session.setPassword(TestServer.PASSWORD.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    session.setConfig("StrictHostKeyChecking", "no");
    session.connect(Math.toIntExact(WAIT.toMillis()));
    try {
      ChannelExec cat = (ChannelExec) session.openChannel("exec");
      cat.setCommand("cat");
      cat.setInputStream(sent);
      InputStream output = cat.getInputStream();
      cat.connect(Math.toIntExact(WAIT.toMillis()));
      output.transferTo(received);
      cat.disconnect();
      assertThat(cat.getExitStatus()).isZero();
    } finally {
      session.disconnect();
    }
    received.assertSame(sent);
  }

  private static KeyPair minaKey() throws Exception {
    try (InputStream in = Files.newInputStream(key)) {
      return SecurityUtils.loadKeyPairIdentities(null, new PathResource(key), in, null)
          .iterator()
          .next();
    }
  }

  private static CompletableFuture<Void> copying(InputStream from, OutputStream to) {
    return CompletableFuture.runAsync(
        () -> {
          try (to) {
            from.transferTo(to);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        new OwnThread("copy"));
  }
}
