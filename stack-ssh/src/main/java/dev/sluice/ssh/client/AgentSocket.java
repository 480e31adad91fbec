package dev.sluice.ssh.client;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.TimedOut;
import dev.sluice.ssh.agent.AgentFrames;
import dev.sluice.ssh.agent.AgentMessage;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.Signer;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An SSH agent behind a Unix socket (draft-ietf-sshm-ssh-agent). Each request has a connection of
 * its own. Blocks for {@code timeout} at most: call it off the event loop.
 */
record AgentSocket(Path path, Duration timeout) {
  private static final int READ = 8 * 1024;

  /** The keys that the agent holds, of the kinds that we know. */
  List<Signer> signers() {
    List<Signer> signers = new ArrayList<>();
    if (ask(new AgentMessage.RequestIdentities()) instanceof AgentMessage.IdentitiesAnswer answer) {
      for (AgentMessage.AgentIdentity identity : answer.identities()) {
        try {
          signers.add(new AgentSigner(this, SshPublicKey.decode(identity.blob())));
        } catch (SshViolation unknownKind) {
          // the other keys may work
        }
      }
    }
    return signers;
  }

  private AgentMessage ask(AgentMessage question) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.connect(UnixDomainSocketAddress.of(path));
      channel.configureBlocking(false);
      SelectionKey ready = channel.register(selector, SelectionKey.OP_WRITE);
      long deadline = System.nanoTime() + timeout.toNanos();
      ByteBuffer out = ByteBuffer.wrap(Encoded.bytes(question::frame));
      while (out.hasRemaining()) {
        await(selector, deadline);
        channel.write(out);
      }
      ready.interestOps(SelectionKey.OP_READ);
      return answer(channel, selector, deadline);
    } catch (IOException e) {
      throw new AuthenticationFailed("the agent at " + path + " does not answer", e);
    }
  }

  private AgentMessage answer(SocketChannel channel, Selector selector, long deadline)
      throws IOException {
    ByteBuf received = Unpooled.buffer();
    ByteBuffer part = ByteBuffer.allocate(READ);
    AgentMessage answer = AgentFrames.next(received);
    while (answer == null) {
      await(selector, deadline);
      if (channel.read(part.clear()) < 0) {
        throw new AuthenticationFailed("the agent at " + path + " closed the connection");
      }
      received.writeBytes(part.flip());
      answer = AgentFrames.next(received);
    }
    return answer;
  }

  private void await(Selector selector, long deadline) throws IOException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new TimedOut("the agent at " + path, timeout);
    }
    selector.select(left);
    selector.selectedKeys().clear();
  }

  /** A key of the agent. */
  private record AgentSigner(AgentSocket agent, SshPublicKey publicKey) implements Signer {
    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] data) {
      int flags = AgentMessage.SignRequest.flagsFor(algorithm.signatureName());
      AgentMessage answer = agent.ask(new AgentMessage.SignRequest(publicKey.blob(), data, flags));
      if (answer instanceof AgentMessage.SignResponse response
          && algorithm.verify(publicKey, data, response.signature())) {
        return response.signature();
      }
      throw new AuthenticationFailed("the agent did not sign with " + publicKey.fingerprint());
    }
  }
}
