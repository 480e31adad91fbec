package dev.sluice.ssh.core;

import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.ConnectionMessage.GlobalRequest;
import dev.sluice.ssh.message.ConnectionMessage.RequestFailure;
import dev.sluice.ssh.message.ConnectionMessage.RequestSuccess;
import dev.sluice.ssh.packet.PacketSink;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A server announces all its host keys after the login and proves those that a client does not know
 * (draft-ietf-sshm-hostkey-update).
 */
final class HostKeyProofs {
  static final String ANNOUNCE = "hostkeys-00@openssh.com";
  static final String PROVE = "hostkeys-prove-00@openssh.com";

  private static final int MOST_KEYS = 32;

  /** What this needs from the core. */
  interface Surroundings {
    <T> void offload(Supplier<T> computation, Consumer<? super T> then);

    byte[] sessionId();

    /** The host key algorithm in use, by which RSA keys are proved. */
    SignatureAlgorithm negotiated();

    /** Those of {@code keys} that are worth a proof. */
    List<SshPublicKey> unknown(List<SshPublicKey> keys);

    void proved(List<SshPublicKey> keys);
  }

  private final List<SshKeyPair> own;
  private final Surroundings surroundings;

  HostKeyProofs(List<SshKeyPair> own, Surroundings surroundings) {
    this.own = own;
    this.surroundings = surroundings;
  }

  /** A server's announcement. */
  void announce(GlobalRequests requests) {
    byte[] keys =
        Encoded.bytes(
            out ->
                own.stream()
                    .map(key -> key.publicKey().plain().blob())
                    .forEach(blob -> SshString.write(out, blob)));
    requests.tell(ANNOUNCE, keys);
  }

  /**
   * A server proves the keys that were asked for, all of them or none; each is signed with once,
   * however often a request names it.
   */
  void prove(GlobalRequest request, PacketSink out) {
    List<byte[]> blobs = strings(request.data());
    List<Optional<SshKeyPair>> keys = blobs.stream().map(this::ownKey).toList();
    if (keys.isEmpty() || keys.stream().anyMatch(Optional::isEmpty)) {
      out.send(new RequestFailure());
      return;
    }
    surroundings.offload(
        () -> {
          IdentityHashMap<SshKeyPair, byte[]> proofs = new IdentityHashMap<>();
          return Encoded.bytes(
              to ->
                  keys.forEach(
                      key -> SshString.write(to, proofs.computeIfAbsent(key.get(), this::sign))));
        },
        signatures -> out.send(new RequestSuccess(signatures)));
  }

  /** The server has announced keys; the client asks for proof of those it does not know. */
  boolean announced(GlobalRequest request, GlobalRequests requests) {
    List<SshPublicKey> keys =
        strings(request.data()).stream().flatMap(blob -> readable(blob).stream()).toList();
    List<SshPublicKey> unknown = surroundings.unknown(keys);
    if (!unknown.isEmpty()) {
      byte[] asked = Encoded.bytes(out -> unknown.forEach(key -> SshString.write(out, key.blob())));
      requests.ask(PROVE, asked, answer -> answer.ifPresent(data -> check(unknown, data)));
    }
    return true;
  }

  private void check(List<SshPublicKey> keys, byte[] answer) {
    List<byte[]> signatures = strings(answer);
    if (signatures.size() != keys.size()) {
      throw SshViolation.protocol(
          "host keys: " + signatures.size() + " proofs of " + keys.size() + " keys");
    }
    surroundings.offload(
        () -> verified(keys, signatures),
        proved -> {
          if (!proved.isEmpty()) {
            surroundings.proved(proved);
          }
        });
  }

  private List<SshPublicKey> verified(List<SshPublicKey> keys, List<byte[]> signatures) {
    List<SshPublicKey> good = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      SshPublicKey key = keys.get(i);
      byte[] signature = signatures.get(i);
      byte[] data = signed(key);
      if (algorithms(key).stream().anyMatch(it -> it.verify(key, data, signature))) {
        good.add(key);
      }
    }
    return good;
  }

  private byte[] sign(SshKeyPair pair) {
    SshPublicKey key = pair.publicKey().plain();
    return SshKeyPair.of(pair.privateKey()).sign(algorithms(key).get(0), signed(key));
  }

  /** RSA by the algorithm in use or, with another kind of key, by any but SHA-1. */
  private List<SignatureAlgorithm> algorithms(SshPublicKey key) {
    SignatureAlgorithm inUse = surroundings.negotiated();
    return inUse.fits(key)
        ? List.of(inUse)
        : SignatureAlgorithms.PLAIN.stream().filter(it -> it.fits(key)).toList();
  }

  private byte[] signed(SshPublicKey key) {
    return Encoded.bytes(
        out -> {
          SshString.write(out, PROVE);
          SshString.write(out, surroundings.sessionId());
          SshString.write(out, key.blob());
        });
  }

  private Optional<SshKeyPair> ownKey(byte[] blob) {
    return own.stream()
        .filter(key -> Arrays.equals(key.publicKey().plain().blob(), blob))
        .findFirst();
  }

  /** A key of a kind that we do not know is left out. */
  private static Optional<SshPublicKey> readable(byte[] blob) {
    try {
      return Optional.of(SshPublicKey.decode(blob));
    } catch (SshViolation unknown) {
      return Optional.empty();
    }
  }

  private static List<byte[]> strings(byte[] data) {
    ByteBuf in = Unpooled.wrappedBuffer(data);
    List<byte[]> strings = new ArrayList<>();
    while (in.isReadable()) {
      if (strings.size() >= MOST_KEYS) {
        throw SshViolation.protocol("host keys: more than " + MOST_KEYS);
      }
      strings.add(SshString.read(in));
    }
    return strings;
  }
}
