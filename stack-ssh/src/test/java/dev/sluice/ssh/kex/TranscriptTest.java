package dev.sluice.ssh.kex;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Vectors;
import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.Compressions;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.algorithm.PacketOpener;
import dev.sluice.ssh.algorithm.PacketSealer;
import dev.sluice.ssh.algorithm.PayloadDeflater;
import dev.sluice.ssh.algorithm.PayloadInflater;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Mpint;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions recorded with OpenSSH, done again with the client's private values. */
final class TranscriptTest {

  @ParameterizedTest
  @ValueSource(strings = {"t1", "t2", "t3", "t5", "t6"})
  @Conforms({
    "SSH-006", "SSH-043", "SSH-045", "SSH-046", "SSH-047", "SSH-052", "SSH-055", "SSH-056",
    "SSH-063", "SSH-064", "SSH-065"
  })
  void theExchangeYieldsWhatOpenSshHas(String name) {
    Session session = new Session(name);
    Agreement.Pending pending = session.pending();
    HostReply reply = new HostReply(session.hex("K_S"), session.serverShare(), session.signature());

    assertThat(pending.share()).isEqualTo(session.clientShare());
    byte[] secret = pending.secret(reply.share());
    assertThat(secret).isEqualTo(session.hex("K_encoded_as_hashed"));
    check(session, session.verified(reply, session.stringShares(), secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t4"})
  @Conforms({"SSH-059", "SSH-060", "SSH-043", "SSH-045"})
  void groupExchangeHashesTheRequestAsItWasSent(String name) {
    Session session = new Session(name);
    DhGroup group = new DhGroup(session.number("p"), new BigInteger(session.text("g")));
    Agreement.Pending pending =
        new DiffieHellman(group, HashAlgorithm.SHA256).pending(session.number("client_private_x"));
    byte[] secret = pending.secret(session.serverShare());
    GroupRequest request =
        new GroupRequest(
            Vectors.decimal("transcripts.t4.gex_request.min"),
            Vectors.decimal("transcripts.t4.gex_request.n"),
            Vectors.decimal("transcripts.t4.gex_request.max"));
    byte[] fields =
        Encoded.bytes(
            out -> {
              request.encodeFields(out);
              Mpint.write(out, group.p());
              Mpint.write(out, group.g());
              out.writeBytes(session.hex("e_mpint")).writeBytes(session.hex("f_mpint"));
            });
    HostReply reply = new HostReply(session.hex("K_S"), session.serverShare(), session.signature());

    assertThat(pending.share()).isEqualTo(session.clientShare());
    assertThat(secret).isEqualTo(session.hex("K_encoded_as_hashed"));
    check(session, session.verified(reply, fields, secret));
  }

  private static void check(Session session, KexResult result) {
    assertThat(result.exchangeHash()).isEqualTo(session.hex("H"));
    DirectionKeys toServer =
        result.clientToServer(result.exchangeHash(), session.cipher(), session.mac());
    DirectionKeys toClient =
        result.serverToClient(result.exchangeHash(), session.cipher(), session.mac());
    assertThat(toServer.iv()).isEqualTo(session.hex("derived.A_iv_c2s"));
    assertThat(toClient.iv()).isEqualTo(session.hex("derived.B_iv_s2c"));
    assertThat(toServer.key()).isEqualTo(session.hex("derived.C_key_c2s"));
    assertThat(toClient.key()).isEqualTo(session.hex("derived.D_key_s2c"));
    assertThat(toServer.macKey()).isEqualTo(session.hex("derived.E_mac_c2s"));
    assertThat(toClient.macKey()).isEqualTo(session.hex("derived.F_mac_s2c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t1", "t2", "t3", "t4", "t5", "t6"})
  @Conforms({"SSH-025", "SSH-102", "SSH-103", "SSH-104", "SSH-105", "SSH-106", "SSH-107"})
  void packetsAreSealedAndOpenedAsOpenSshDoes(String name) {
    Session session = new Session(name);
    for (String direction : new String[] {"c2s", "s2c"}) {
      try (PacketSealer sealer = session.cipher().sealer(session.mac(), session.keys(direction));
          PacketOpener opener = session.cipher().opener(session.mac(), session.keys(direction))) {
        session
            .packets(direction)
            .forEach(
                packet -> {
                  byte[] plain = Vectors.hex(packet + ".packet_plaintext");
                  byte[] wire = Vectors.hex(packet + ".wire");
                  int sequence = Vectors.decimal(packet + ".seq");
                  assertThat(sealed(sealer, sequence, plain)).isEqualTo(wire);
                  assertThat(opened(opener, sequence, wire)).isEqualTo(plain);
                });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2s", "s2c"})
  @Conforms({"SSH-111", "SSH-112"})
  void compressedPayloadsInflateAsOneStream(String direction) {
    Session session = new Session("t4");
    try (PayloadInflater inflater = Compressions.ZLIB_DELAYED.inflater(32768);
        PayloadInflater ours = Compressions.ZLIB_DELAYED.inflater(32768);
        PayloadDeflater deflater = Compressions.ZLIB_DELAYED.deflater()) {
      session
          .packets(direction)
          .filter(packet -> Boolean.parseBoolean(Vectors.text(packet + ".compressed")))
          .forEach(
              packet -> {
                byte[] payload = Vectors.hex(packet + ".payload");
                ByteBuf out = Unpooled.buffer();
                inflater.inflate(payloadOf(Vectors.hex(packet + ".packet_plaintext")), out);
                assertThat(octets(out)).isEqualTo(payload);

                ByteBuf deflated = Unpooled.buffer();
                deflater.deflate(Unpooled.wrappedBuffer(payload), deflated);
                ByteBuf again = Unpooled.buffer();
                ours.inflate(deflated, again);
                assertThat(octets(again)).isEqualTo(payload);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t1", "t2", "t3", "t4", "t5", "t6"})
  @Conforms({"SSH-087", "SSH-138"})
  void theUsersSignatureIsTheSame(String name) {
    Session session = new Session(name);
    Ed25519PrivateKey key = new Ed25519PrivateKey(Vectors.hex("transcripts.user_key_seed"));
    byte[] signature = SignatureAlgorithms.ED25519.sign(key, session.hex("userauth_signed_data"));

    assertThat(signature).isEqualTo(session.hex("userauth_signature_blob"));
  }

  private static byte[] sealed(PacketSealer sealer, int sequence, byte[] plain) {
    byte[] packet = Arrays.copyOf(plain, plain.length + sealer.tagLength());
    sealer.seal(sequence, packet, 0, plain.length);
    return packet;
  }

  private static byte[] opened(PacketOpener opener, int sequence, byte[] wire) {
    int length = (int) opener.packetLength(sequence, wire, 0);
    byte[] plain = new byte[4 + length];
    opener.open(sequence, wire, 0, plain, 0, length);
    return plain;
  }

  private static ByteBuf payloadOf(byte[] packet) {
    int padding = packet[4];
    return Unpooled.wrappedBuffer(packet, 5, packet.length - 5 - padding);
  }

  private static byte[] octets(ByteBuf buffer) {
    byte[] octets = new byte[buffer.readableBytes()];
    buffer.readBytes(octets);
    return octets;
  }

  /** One recorded session. */
  private record Session(String name) {

    Agreement.Pending pending() {
      return switch (text("kex")) {
        case "curve25519-sha256" -> curve25519();
        case "ecdh-sha2-nistp256" ->
            new Ecdh(Curve.NISTP256).pending(number("client_ephemeral_private_d"));
        case "diffie-hellman-group14-sha256" ->
            new DiffieHellman(DhGroup.GROUP_14, HashAlgorithm.SHA256)
                .pending(number("client_private_x"));
        default -> sntrup761();
      };
    }

    private Agreement.Pending curve25519() {
      return Curve25519.pending(Curve25519.Half.of(hex("client_ephemeral_private_x25519")));
    }

    private Agreement.Pending sntrup761() {
      return new Hybrid(new Sntrup761(), HashAlgorithm.SHA512)
          .pending(
              Sntrup761Test.stored(hex("client_sntrup761_secret_key")),
              Curve25519.Half.of(hex("client_ephemeral_private_x25519")));
    }

    byte[] clientShare() {
      return Vectors.has(key("Q_C"))
          ? hex("Q_C")
          : Vectors.has(key("C_INIT")) ? hex("C_INIT") : withoutLength(hex("e_mpint"));
    }

    byte[] serverShare() {
      return Vectors.has(key("Q_S"))
          ? hex("Q_S")
          : Vectors.has(key("S_REPLY")) ? hex("S_REPLY") : withoutLength(hex("f_mpint"));
    }

    byte[] stringShares() {
      return TwoMessages.shares(clientShare(), serverShare());
    }

    byte[] signature() {
      return hex("signature_blob");
    }

    KexResult verified(HostReply reply, byte[] fields, byte[] secret) {
      HashAlgorithm hash =
          text("hash").equals("sha512") ? HashAlgorithm.SHA512 : HashAlgorithm.SHA256;
      return new ExchangeHash(context(), hash).verified(reply, fields, secret);
    }

    private KexContext context() {
      SignatureAlgorithm algorithm =
          SignatureAlgorithms.named(text("host_key_algorithm")).orElseThrow();
      return new KexContext(
          text("V_C").getBytes(US_ASCII),
          text("V_S").getBytes(US_ASCII),
          hex("I_C"),
          hex("I_S"),
          algorithm,
          2048);
    }

    CipherAlgorithm cipher() {
      return Ciphers.DEFAULT.stream()
          .filter(cipher -> cipher.name().equals(text("cipher")))
          .findFirst()
          .orElseThrow();
    }

    MacAlgorithm mac() {
      return Macs.DEFAULT.stream()
          .filter(mac -> mac.name().equals(text("mac")))
          .findFirst()
          .orElse(Macs.NONE);
    }

    DirectionKeys keys(String direction) {
      boolean toServer = direction.equals("c2s");
      return new DirectionKeys(
          hex(toServer ? "derived.A_iv_c2s" : "derived.B_iv_s2c"),
          hex(toServer ? "derived.C_key_c2s" : "derived.D_key_s2c"),
          hex(toServer ? "derived.E_mac_c2s" : "derived.F_mac_s2c"));
    }

    Stream<String> packets(String direction) {
      return Vectors.elements(key("first_encrypted_packets"))
          .filter(packet -> Vectors.text(packet + ".dir").equals(direction));
    }

    String text(String field) {
      return Vectors.text(key(field));
    }

    byte[] hex(String field) {
      return Vectors.hex(key(field));
    }

    BigInteger number(String field) {
      return Vectors.number(key(field));
    }

    private String key(String field) {
      return "transcripts." + name + "." + field;
    }

    private static byte[] withoutLength(byte[] mpint) {
      return Arrays.copyOfRange(mpint, 4, mpint.length);
    }
  }
}
