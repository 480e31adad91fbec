package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.ConnectionMessage.GlobalRequest;
import dev.sluice.ssh.message.ConnectionMessage.RequestFailure;
import dev.sluice.ssh.message.ConnectionMessage.RequestSuccess;
import dev.sluice.ssh.message.SshMessage;
import dev.sluice.ssh.packet.PacketSink;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.test.FixedRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a client can make a server sign. */
final class HostKeyProofsTest {
  private static final SshKeyPair FIRST =
      SshKeyPair.of(Ed25519PrivateKey.generate(new FixedRandom(31)));
  private static final SshKeyPair SECOND =
      SshKeyPair.of(Ed25519PrivateKey.generate(new FixedRandom(32)));
  private static final SshKeyPair FOREIGN =
      SshKeyPair.of(Ed25519PrivateKey.generate(new FixedRandom(33)));

  private final Counting counting = new Counting();
  private final List<SshMessage> answers = new ArrayList<>();

  @Test
  void aKeyThatARequestNamesManyTimesIsSignedWithOnce() {
    List<SshKeyPair> asked = new ArrayList<>(Collections.nCopies(31, FIRST));
    asked.add(SECOND);

    prove(asked);

    assertThat(counting.signatures).isEqualTo(2);
    assertThat(answers).singleElement().isInstanceOf(RequestSuccess.class);
    List<byte[]> proofs = strings(((RequestSuccess) answers.get(0)).data());
    assertThat(proofs).hasSize(32);
    assertThat(proofs.subList(0, 31)).allMatch(it -> Arrays.equals(it, proofs.get(0)));
    assertThat(proofs.get(31)).isNotEqualTo(proofs.get(0));
  }

  @Test
  void whereOneKeyIsNotOursNothingIsSigned() {
    prove(List.of(FIRST, FOREIGN));

    assertThat(counting.signatures).isZero();
    assertThat(answers).singleElement().isInstanceOf(RequestFailure.class);
  }

  private void prove(List<SshKeyPair> asked) {
    byte[] blobs =
        Encoded.bytes(
            out -> asked.forEach(key -> SshString.write(out, key.publicKey().plain().blob())));
    new HostKeyProofs(List.of(FIRST, SECOND), counting)
        .prove(new GlobalRequest(HostKeyProofs.PROVE, true, blobs), new Listening(answers));
  }

  private static List<byte[]> strings(byte[] data) {
    ByteBuf in = Unpooled.wrappedBuffer(data);
    List<byte[]> strings = new ArrayList<>();
    while (in.isReadable()) {
      strings.add(SshString.read(in));
    }
    return strings;
  }

  private record Listening(List<SshMessage> heard) implements PacketSink {
    @Override
    public void send(SshMessage message) {
      heard.add(message);
    }

    @Override
    public boolean hasRoom() {
      return false;
    }

    @Override
    public void sendData(int channel, int type, ByteBuf source, int length) {
      throw new AssertionError("data of channel " + channel);
    }
  }

  /** Counts what is signed: for each signature the session is asked for once. */
  private static final class Counting implements HostKeyProofs.Surroundings {
    int signatures;

    @Override
    public <T> void offload(Supplier<T> computation, Consumer<? super T> then) {
      then.accept(computation.get());
    }

    @Override
    public byte[] sessionId() {
      signatures++;
      return new byte[32];
    }

    @Override
    public SignatureAlgorithm negotiated() {
      return SignatureAlgorithms.ED25519;
    }

    @Override
    public List<SshPublicKey> unknown(List<SshPublicKey> keys) {
      return keys;
    }

    @Override
    public void proved(List<SshPublicKey> keys) {}
  }
}
