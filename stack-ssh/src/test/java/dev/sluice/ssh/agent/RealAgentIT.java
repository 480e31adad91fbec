package dev.sluice.ssh.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The agent of OpenSSH. */
final class RealAgentIT {
  private static final byte[] DATA = "what is signed".getBytes(UTF_8);

  @Test
  @Conforms({"SSH-159", "SSH-160"})
  void anAgentListsItsKeysAndSignsWithThem() throws IOException {
    Peers.require("ssh-agent", "ssh-add", "ssh-keygen");
    try (Scratch scratch = Scratch.create("agent");
        Agent agent = Agent.start(scratch)) {
      for (String type : List.of("ed25519", "ecdsa", "rsa")) {
        agent.add(type);
      }
      AgentMessage.IdentitiesAnswer answer =
          (AgentMessage.IdentitiesAnswer) agent.ask(new AgentMessage.RequestIdentities());

      assertThat(answer.identities())
          .extracting(AgentMessage.AgentIdentity::comment)
          .containsExactly("my ed25519", "my ecdsa", "my rsa");
      for (AgentMessage.AgentIdentity identity : answer.identities()) {
        SshPublicKey key = SshPublicKey.decode(identity.blob());
        for (SignatureAlgorithm algorithm : SignatureAlgorithms.PLAIN) {
          if (algorithm.fits(key)) {
            assertThat(algorithm.verify(key, DATA, agent.sign(identity, algorithm))).isTrue();
          }
        }
      }
    }
  }

  @Test
  @Conforms("SSH-160")
  void anAgentThatHasNotTheKeyRefuses() throws IOException {
    Peers.require("ssh-agent", "ssh-add", "ssh-keygen");
    try (Scratch scratch = Scratch.create("agent");
        Agent agent = Agent.start(scratch)) {
      AgentMessage answer = agent.ask(new AgentMessage.SignRequest(new byte[] {1}, DATA, 0));

      assertThat(answer).isInstanceOf(AgentMessage.Failure.class);
    }
  }

  /** A running agent and a connection to it. */
  private record Agent(Scratch scratch, Process process, SocketChannel channel)
      implements AutoCloseable {

    static Agent start(Scratch scratch) throws IOException {
      Path socket = scratch.file("socket");
      Process process =
          new ProcessBuilder(Peers.program("ssh-agent").toString(), "-D", "-a", socket.toString())
              .redirectErrorStream(true)
              .start();
      // The agent says where it listens once it does.
      assertThat(process.inputReader().readLine()).contains("SSH_AUTH_SOCK");
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new Agent(scratch, process, channel);
    }

    void add(String type) {
      Path key = scratch.file(type);
      Run.of(
              List.of(
                  Peers.program("ssh-keygen").toString(),
                  "-t",
                  type,
                  "-f",
                  key.toString(),
                  "-N",
                  "",
                  "-C",
                  "my " + type),
              scratch.base())
          .requireSuccess();
      Run.of(
              List.of(
                  "/usr/bin/env",
                  "SSH_AUTH_SOCK=" + scratch.file("socket"),
                  Peers.program("ssh-add").toString(),
                  key.toString()),
              scratch.base())
          .requireSuccess();
    }

    byte[] sign(AgentMessage.AgentIdentity identity, SignatureAlgorithm algorithm)
        throws IOException {
      int flags = AgentMessage.SignRequest.flagsFor(algorithm.signatureName());
      AgentMessage answer = ask(new AgentMessage.SignRequest(identity.blob(), DATA, flags));
      return ((AgentMessage.SignResponse) answer).signature();
    }

    AgentMessage ask(AgentMessage question) throws IOException {
      channel.write(ByteBuffer.wrap(Encoded.bytes(question::frame)));
      ByteBuf received = Unpooled.buffer();
      ByteBuffer part = ByteBuffer.allocate(7);
      while (true) {
        AgentMessage answer = AgentFrames.next(received);
        if (answer != null) {
          return answer;
        }
        assertThat(channel.read(part)).isPositive();
        received.writeBytes(part.flip());
        part.clear();
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
      process.destroy();
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join(); // it removes its socket first
    }
  }
}
