package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.key.Signer;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.server.TestServer;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logins with the keys of an agent. */
final class AgentIT {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final Scratch scratch = Scratch.create("agent-login");

  @AfterEach
  void close() {
    scratch.close();
  }

  @Test
  @Conforms({"SSH-159", "SSH-160"})
  void aKeyOfOpensshsAgentLetsIn() throws IOException {
    Peers.require("ssh-agent", "ssh-add", "ssh-keygen");
    Path socket = scratch.file("socket");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(agent.inputReader().readLine()).contains("SSH_AUTH_SOCK");
      addKey(socket);
      List<Signer> signers = new AgentSocket(socket, WAIT).signers();
      SshPublicKey key = signers.get(0).publicKey();
      try (TestServer server = TestServer.start(key)) {
        connect(server, Credential.agent(socket));
      }
    } finally {
      agent.destroy();
    }
  }

  @Test
  @Conforms("SSH-161")
  void anAgentThatIsNotThereCostsTheOthersNothing() {
    try (TestServer server = TestServer.start()) {
      connect(
          server,
          Credential.agent(scratch.file("nothing")),
          Credential.password(TestServer.PASSWORD));
    }
  }

  @Test
  @Conforms("SSH-161")
  void anAgentThatDoesNotAnswerIsLeftAfterItsTime() throws IOException {
    Path socket = scratch.file("silent");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        TestServer server = TestServer.start()) {
      silent.bind(UnixDomainSocketAddress.of(socket));
      connect(
          server,
          new Credential.Agent(socket, Duration.ofMillis(300)),
          Credential.password(TestServer.PASSWORD));
    }
  }

  private void addKey(Path socket) {
    Path key = scratch.file("key");
    Run.of(
            List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()),
            scratch.base())
        .requireSuccess();
    Run.of(
            List.of("/usr/bin/env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString()),
            scratch.base())
        .requireSuccess();
  }

  private static void connect(TestServer server, Credential... credentials) {
    SshClient client =
        SshClient.create("127.0.0.1")
            .port(server.port())
            .user(TestServer.USER)
            .hostKeys(HostKeyPolicy.pinned(server.fingerprint()));
    for (Credential credential : credentials) {
      client = client.credential(credential);
    }
    SshSession session = client.connect().block(WAIT);
    assertThat(session).isNotNull();
    session.close().block(WAIT);
  }
}
