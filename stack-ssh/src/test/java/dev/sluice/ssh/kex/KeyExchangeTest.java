package dev.sluice.ssh.kex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.Vectors;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.RsaPrivateKey;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method with itself, and with a peer that breaks its rules. */
final class KeyExchangeTest {
  private static final SshKeyPair ED25519 =
      SshKeyPair.of(Ed25519PrivateKey.generate(new FixedRandom(5)));
  private static final SshKeyPair RSA =
      SshKeyPair.of(RsaPrivateKey.generate(2048, new SecureRandom()));

  static Stream<KexAlgorithm> methods() {
    return Stream.concat(KexAlgorithms.CLIENT.stream(), KexAlgorithms.LEGACY.stream());
  }

  static Stream<KexAlgorithm> hybrids() {
    return Stream.of(KexAlgorithms.MLKEM768_X25519, KexAlgorithms.SNTRUP761_X25519);
  }

  static Stream<KexAlgorithm> finiteFields() {
    return Stream.concat(KexAlgorithms.FINITE_FIELDS.stream(), KexAlgorithms.LEGACY.stream());
  }

  static Stream<Curve> curves() {
    return Stream.of(Curve.values());
  }

  @ParameterizedTest
  @MethodSource("methods")
  @Conforms({
    "SSH-043", "SSH-045", "SSH-046", "SSH-052", "SSH-055", "SSH-056", "SSH-059", "SSH-063",
    "SSH-065"
  })
  void bothSidesHaveTheSameKeysInTheEnd(KexAlgorithm method) {
    Sides.Results results = new Sides(method, ED25519).run();
    byte[] sessionId = results.client().exchangeHash();

    assertThat(results.client().secret()).isEqualTo(results.server().secret());
    assertThat(sessionId).isEqualTo(results.server().exchangeHash());
    assertThat(results.client().hostKey()).isEqualTo(ED25519.publicKey());
    assertThat(results.client().clientToServer(sessionId, Ciphers.AES256_CTR, Macs.SHA512).macKey())
        .hasSize(64)
        .isEqualTo(
            results.server().clientToServer(sessionId, Ciphers.AES256_CTR, Macs.SHA512).macKey());
    assertThat(results.client().clientToServer(sessionId, Ciphers.AES256_CTR, Macs.SHA512).key())
        .isNotEqualTo(
            results.client().serverToClient(sessionId, Ciphers.AES256_CTR, Macs.SHA512).key());
  }

  @ParameterizedTest
  @MethodSource("methods")
  @Conforms("SSH-051")
  void everyExchangeHasPrivateValuesOfItsOwnAndSecretsAreOverwritten(KexAlgorithm method) {
    SecureRandom random = new SecureRandom();
    KexResult first = new Sides(method, ED25519).from(random).run().client();
    KexResult second = new Sides(method, ED25519).from(random).run().client();
    assertThat(first.secret()).isNotEqualTo(second.secret());

    DirectionKeys keys =
        first.clientToServer(first.exchangeHash(), Ciphers.AES256_CTR, Macs.SHA512);
    keys.close();
    assertThat(keys.key()).containsOnly(0);
    assertThat(keys.iv()).containsOnly(0);
    assertThat(keys.macKey()).containsOnly(0);
    first.close();
    assertThat(first.secret()).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("methods")
  @Conforms({"SSH-016", "SSH-014", "SSH-052", "SSH-066"})
  void aMessageCutAnywhereOrWithOneOctetMoreIsRefused(KexAlgorithm method) {
    Sides complete = new Sides(method, ED25519);
    complete.run();
    for (int message = 0; message < complete.sent.size(); message++) {
      int length = complete.sent.get(message).length;
      int step = Math.max(1, length / places(method));
      for (int cut = 1; cut < length; cut += step) {
        assertRefused(method, message, cut);
      }
      assertRefused(method, message, length + 1);
    }
  }

  /**
   * In how many places a message is cut or changed: a large group or NTRU makes each cost a second.
   */
  private static int places(KexAlgorithm method) {
    return method.name().matches("(diffie-hellman|sntrup).*") ? 4 : 40;
  }

  private static void assertRefused(KexAlgorithm method, int message, int length) {
    int[] count = {0};
    Sides sides =
        new Sides(method, ED25519)
            .through(payload -> count[0]++ == message ? Arrays.copyOf(payload, length) : payload);
    assertThatThrownBy(sides::run).isInstanceOf(SshViolation.class);
  }

  @ParameterizedTest
  @MethodSource("methods")
  @Conforms({"SSH-047", "SSH-067"})
  void aChangedOctetAnywhereInTheServersReplyIsNoticed(KexAlgorithm method) {
    Sides complete = new Sides(method, ED25519);
    complete.run();
    int last = complete.sent.size() - 1;
    int length = complete.sent.get(last).length;
    int step = Math.max(1, length / places(method));
    for (int at = 1; at < length; at += step) {
      int changed = at;
      int[] count = {0};
      Sides sides =
          new Sides(method, ED25519)
              .through(
                  payload -> {
                    if (count[0]++ == last) {
                      payload[changed] ^= 1;
                    }
                    return payload;
                  });
      assertThatThrownBy(sides::run).isInstanceOf(SshViolation.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Conforms("SSH-043")
  void aSessionThatSomebodyChangedBeforeIsNotAgreedOn(int field) {
    KexContext server = Sides.context(SignatureAlgorithms.ED25519);
    byte[][] parts = {
      server.clientVersion().clone(),
      server.serverVersion().clone(),
      server.clientKexInit().clone(),
      server.serverKexInit().clone()
    };
    parts[field][1] ^= 1;
    KexContext client =
        new KexContext(parts[0], parts[1], parts[2], parts[3], SignatureAlgorithms.ED25519, 2048);

    assertKexError(() -> new Sides(KexAlgorithms.CURVE25519, ED25519).run(client, server));
  }

  @Test
  @Conforms("SSH-047")
  void aHostKeyOfAnotherTypeThanAgreedIsRefused() {
    assertKexError(
        () ->
            new Sides(KexAlgorithms.CURVE25519, ED25519)
                .run(
                    Sides.context(SignatureAlgorithms.RSA_SHA2_512),
                    Sides.context(SignatureAlgorithms.ED25519)));
  }

  @Test
  @Conforms({"SSH-047", "SSH-092"})
  void aSignatureOfAnotherAlgorithmThanAgreedIsRefused() {
    assertKexError(
        () ->
            new Sides(KexAlgorithms.CURVE25519, RSA)
                .run(
                    Sides.context(SignatureAlgorithms.RSA_SHA2_512),
                    Sides.context(SignatureAlgorithms.RSA_SHA1)));
  }

  @Test
  @Conforms("SSH-091")
  void aWeakRsaHostKeyIsRefused() {
    SshKeyPair weak = SshKeyPair.of(RsaPrivateKey.generate(1024, new SecureRandom()));

    assertKexError(() -> new Sides(KexAlgorithms.CURVE25519, weak).run());
  }

  @Test
  @Conforms({"SSH-052", "SSH-053"})
  void curve25519IsThatOfRfc7748AndItsSecretANumber() {
    for (String vector : Vectors.elements("x25519_shared_secret_as_mpint.cases").toList()) {
      Curve25519.Half half = Curve25519.Half.of(Vectors.hex(vector + ".private_a"));

      assertThat(Curve25519.pending(half).secret(Vectors.hex(vector + ".public_b")))
          .isEqualTo(Vectors.hex(vector + ".K_mpint"));
    }
    for (String vector : Vectors.elements("x25519.cases").toList()) {
      Curve25519.Half half = Curve25519.Half.of(Vectors.hex(vector + ".scalar"));

      assertThat(half.agree(Vectors.hex(vector + ".u"))).isEqualTo(Vectors.hex(vector + ".out"));
    }
  }

  @Test
  @Conforms("SSH-054")
  void aShareOfLowOrderEndsTheExchange_X25519_all_zero() {
    List<String> shares = Vectors.elements("x25519.low_order_peer_values.u").toList();
    assertThat(shares).hasSize(7);
    for (String share : shares) {
      assertKexError(() -> new Curve25519().answer(Vectors.hex(share), new FixedRandom(1)));
      assertKexError(() -> new Curve25519().start(new FixedRandom(1)).secret(Vectors.hex(share)));
      for (Kem kem : List.of(new MlKem768(), new Sntrup761())) {
        Hybrid hybrid = new Hybrid(kem, HashAlgorithm.SHA256);
        byte[] init = hybrid.start(new FixedRandom(1)).share();
        byte[] reply = hybrid.answer(init, new FixedRandom(1)).share();
        assertKexError(() -> hybrid.answer(withTail(init, Vectors.hex(share)), new FixedRandom(2)));
        assertKexError(
            () -> hybrid.start(new FixedRandom(1)).secret(withTail(reply, Vectors.hex(share))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64})
  @Conforms("SSH-052")
  void aShareOfAnotherLengthThan32EndsTheExchange(int length) {
    assertKexError(() -> new Curve25519().answer(new byte[length], new FixedRandom(1)));
    assertKexError(() -> new Curve25519().start(new FixedRandom(1)).secret(new byte[length]));
  }

  @ParameterizedTest
  @MethodSource("curves")
  @Conforms("SSH-055")
  void ecdhIsThatOfRfc5903(Curve curve) {
    String vector =
        Vectors.elements("ecdh.cases")
            .filter(it -> Vectors.text(it + ".curve").equals(curve.id()))
            .findFirst()
            .orElseThrow();
    Ecdh ecdh = new Ecdh(curve);
    Agreement.Pending initiator = ecdh.pending(Vectors.number(vector + ".private_i"));
    Agreement.Pending responder = ecdh.pending(Vectors.number(vector + ".private_r"));

    assertThat(initiator.share()).isEqualTo(Vectors.hex(vector + ".Q_i"));
    assertThat(responder.share()).isEqualTo(Vectors.hex(vector + ".Q_r"));
    assertThat(initiator.secret(responder.share())).isEqualTo(Vectors.hex(vector + ".K_mpint"));
    assertThat(responder.secret(initiator.share())).isEqualTo(Vectors.hex(vector + ".K_mpint"));
  }

  @ParameterizedTest
  @MethodSource("curves")
  @Conforms("SSH-055")
  void aPointThatIsNotOnTheCurveIsRefused_invalid_curve(Curve curve) {
    Ecdh ecdh = new Ecdh(curve);
    byte[] good = ecdh.start(new FixedRandom(1)).share();
    byte[] off = good.clone();
    off[off.length - 1] ^= 1;
    byte[] compressed = Arrays.copyOf(good, 1 + curve.fieldBytes());
    compressed[0] = 2;
    byte[] zeros = new byte[curve.pointBytes()];
    zeros[0] = 4;
    byte[] hybridForm = good.clone();
    hybridForm[0] = (byte) (6 + (good[good.length - 1] & 1));
    byte[] beyondTheField = good.clone();
    Arrays.fill(beyondTheField, 1, 1 + curve.fieldBytes(), (byte) 0xFF);
    for (byte[] bad :
        List.of(
            off,
            compressed,
            zeros,
            hybridForm,
            beyondTheField,
            new byte[0],
            new byte[] {0},
            Arrays.copyOf(good, good.length - 1),
            Arrays.copyOf(good, good.length + 1))) {
      assertKexError(() -> ecdh.answer(bad, new FixedRandom(2)));
      assertKexError(() -> ecdh.start(new FixedRandom(1)).secret(bad));
    }
  }

  @Test
  @Conforms("SSH-056")
  void theGroupsAreThoseOfRfc3526() {
    List<DhGroup> groups = List.of(DhGroup.GROUP_14, DhGroup.GROUP_16, DhGroup.GROUP_18);
    for (int i = 0; i < groups.size(); i++) {
      String vector = "modp_groups.cases." + i;
      byte[] prime =
          Arrays.copyOfRange(groups.get(i).p().toByteArray(), 1, 1 + groups.get(i).bits() / 8);

      assertThat(groups.get(i).g()).isEqualTo(BigInteger.TWO);
      assertThat(groups.get(i).bits()).isEqualTo(Vectors.decimal(vector + ".bits"));
      assertThat(HashAlgorithm.SHA256.of(prime))
          .isEqualTo(Vectors.hex(vector + ".sha256_of_big_endian_prime"));
    }
  }

  @ParameterizedTest
  @MethodSource("finiteFields")
  @Conforms("SSH-057")
  void aPublicValueOutsideItsRangeIsRefused_CVE_2002_20001(KexAlgorithm method) {
    for (String value : List.of("zero", "one", "p-1", "p", "p+1")) {
      for (int message : shareMessages(method)) {
        int[] count = {0};
        Sides sides =
            new Sides(method, ED25519)
                .through(
                    payload -> count[0]++ == message ? withShare(payload, method, value) : payload);
        assertKexError(sides::run);
      }
    }
  }

  private static int[] shareMessages(KexAlgorithm method) {
    return choosesGroup(method) ? new int[] {2, 3} : new int[] {0, 1};
  }

  /** The payload with its e or f put in place by a value near the border of the group. */
  private static byte[] withShare(byte[] payload, KexAlgorithm method, String value) {
    BigInteger p = group(method).p();
    BigInteger share =
        switch (value) {
          case "zero" -> BigInteger.ZERO;
          case "one" -> BigInteger.ONE;
          case "p-1" -> p.subtract(BigInteger.ONE);
          case "p" -> p;
          default -> p.add(BigInteger.ONE);
        };
    byte[] octets = share.signum() == 0 ? new byte[0] : share.toByteArray();
    ByteBuf in = Unpooled.wrappedBuffer(payload);
    int number = in.readUnsignedByte();
    boolean isReply = number == 31 || number == 33;
    if (!isReply) {
      return Encoded.bytes(out -> SshString.write(out.writeByte(number), octets));
    }
    HostReply reply = HostReply.decode(in);
    return new HostReply(reply.hostKey(), octets, reply.signature()).encode(number);
  }

  private static DhGroup group(KexAlgorithm method) {
    if (method == KexAlgorithms.GROUP18_SHA512) {
      return DhGroup.GROUP_18;
    }
    if (method == KexAlgorithms.GROUP1_SHA1) {
      return DhGroup.GROUP_1;
    }
    boolean is16 = method == KexAlgorithms.GROUP16_SHA512 || choosesGroup(method);
    return is16 ? DhGroup.GROUP_16 : DhGroup.GROUP_14;
  }

  private static boolean choosesGroup(KexAlgorithm method) {
    return method.name().startsWith("diffie-hellman-group-exchange-");
  }

  @Test
  @Conforms("SSH-058")
  void aPrivateExponentHasTwiceTheBitsOfTheLongestKey() {
    for (int i = 0; i < 20; i++) {
      assertThat(DhGroup.GROUP_14.randomExponent(new FixedRandom(i)).bitLength())
          .isGreaterThanOrEqualTo(2 * 512);
    }
  }

  @Test
  @Conforms("SSH-011")
  void aPublicValueWithLeadingZerosIsHashedWithoutThem() {
    DiffieHellman method = new DiffieHellman(DhGroup.GROUP_14, HashAlgorithm.SHA256);

    assertThat(method.hashed(new byte[] {0, 0, 5})).containsExactly(5);
  }

  @Test
  @Conforms({"SSH-063", "SSH-067"})
  void mlKemIsThatOfFips203() {
    for (String vector : Vectors.elements("mlkem768.cases").toList()) {
      MlKemVector known = new MlKemVector(vector);

      assertThat(known.keyHash()).isEqualTo(Vectors.hex(vector + ".ek_sha3_256"));
      Kem.Encapsulated encapsulated = known.encapsulated();
      assertThat(MlKemVector.sha3(encapsulated.ciphertext()))
          .isEqualTo(Vectors.hex(vector + ".ct_sha3_256"));
      assertThat(encapsulated.secret()).isEqualTo(Vectors.hex(vector + ".shared_secret"));
      assertThat(known.decapsulator().secret(encapsulated.ciphertext()))
          .isEqualTo(encapsulated.secret());
    }
    MlKemVector first = new MlKemVector("mlkem768.cases.0");
    byte[] tampered = first.encapsulated().ciphertext();
    tampered[0] ^= 1;
    assertThat(first.decapsulator().secret(tampered))
        .isEqualTo(Vectors.hex("mlkem768.implicit_rejection.shared_secret"));
  }

  @Test
  @Conforms("SSH-064")
  void theHybridsHashBothSecretsIntoAString() {
    for (String vector : Vectors.elements("hybrid_combiner.cases").toList()) {
      boolean mlKem = Vectors.text(vector + ".method").startsWith("mlkem");
      Hybrid hybrid =
          mlKem
              ? new Hybrid(new MlKem768(), HashAlgorithm.SHA256)
              : new Hybrid(new Sntrup761(), HashAlgorithm.SHA512);

      assertThat(
              hybrid.combined(
                  Vectors.hex(vector + ".K_PQ"), Vectors.hex(vector + ".K_CL_x25519_raw")))
          .isEqualTo(Vectors.hex(vector + ".K_as_hashed_string"));
    }
  }

  @ParameterizedTest
  @MethodSource("hybrids")
  @Conforms({"SSH-063", "SSH-065", "SSH-066"})
  void hybridSharesHaveExactlyTheirLength(KexAlgorithm method) {
    Sides sides = new Sides(method, ED25519);
    sides.run();
    boolean mlKem = method == KexAlgorithms.MLKEM768_X25519;
    ByteBuf reply = Unpooled.wrappedBuffer(sides.sent.get(1)).skipBytes(1);

    assertThat(sides.sent.get(0)).hasSize(1 + 4 + (mlKem ? 1216 : 1190));
    assertThat(HostReply.decode(reply).share()).hasSize(mlKem ? 1120 : 1071);
    Kem kem = mlKem ? new MlKem768() : new Sntrup761();
    Hybrid hybrid = new Hybrid(kem, HashAlgorithm.SHA256);
    for (int wrong : List.of(0, 32, (mlKem ? 1216 : 1190) - 1, (mlKem ? 1216 : 1190) + 1)) {
      assertKexError(() -> hybrid.answer(new byte[wrong], new FixedRandom(1)));
    }
    for (int wrong : List.of(0, 32, (mlKem ? 1120 : 1071) - 1, (mlKem ? 1120 : 1071) + 1)) {
      assertKexError(() -> hybrid.start(new FixedRandom(1)).secret(new byte[wrong]));
    }
  }

  @Test
  @Conforms("SSH-066")
  void anMlKemKeyAboveItsModulusIsRefused() {
    Hybrid hybrid = new Hybrid(new MlKem768(), HashAlgorithm.SHA256);
    byte[] share = hybrid.start(new FixedRandom(1)).share();
    for (int at : List.of(0, 1, 600, 1150)) {
      byte[] bad = share.clone();
      bad[at] = (byte) 0xFF;
      bad[at + 1] = (byte) 0xFF;

      assertKexError(() -> hybrid.answer(bad, new FixedRandom(1)));
    }
  }

  @ParameterizedTest
  @MethodSource("hybrids")
  @Conforms({"SSH-066", "SSH-067"})
  void randomOctetsInAHybridShareAreRefusedOrGiveAnotherSecret(KexAlgorithm method) {
    boolean mlKem = method == KexAlgorithms.MLKEM768_X25519;
    Hybrid hybrid = new Hybrid(mlKem ? new MlKem768() : new Sntrup761(), HashAlgorithm.SHA512);
    for (int seed = 0; seed < 5; seed++) {
      FixedRandom random = new FixedRandom(seed);
      byte[] init = new byte[mlKem ? 1216 : 1190];
      byte[] reply = new byte[mlKem ? 1120 : 1071];
      random.nextBytes(init);
      random.nextBytes(reply);
      try {
        assertThat(hybrid.answer(init, random).secret()).hasSize(4 + 64);
      } catch (SshViolation refused) {
        assertThat(refused.reason()).isEqualTo(DisconnectReason.KEY_EXCHANGE_FAILED);
      }
      assertThat(hybrid.start(random).secret(reply)).hasSize(4 + 64);
    }
  }

  @Test
  @Conforms("SSH-068")
  void theMethodsOfferedAreInThisOrder() {
    assertThat(SshAlgorithms.forClient().kex())
        .extracting(KexAlgorithm::name)
        .containsExactly(
            "mlkem768x25519-sha256",
            "sntrup761x25519-sha512",
            "sntrup761x25519-sha512@openssh.com",
            "curve25519-sha256",
            "curve25519-sha256@libssh.org",
            "ecdh-sha2-nistp256",
            "ecdh-sha2-nistp384",
            "ecdh-sha2-nistp521",
            "diffie-hellman-group-exchange-sha256",
            "diffie-hellman-group16-sha512",
            "diffie-hellman-group18-sha512",
            "diffie-hellman-group14-sha256");
    assertThat(SshAlgorithms.forServer().kex())
        .extracting(KexAlgorithm::name)
        .noneMatch(name -> name.startsWith("diffie-hellman"));
  }

  @Test
  void anEcdsaAndAnRsaHostKeyWorkAsWell() {
    SshKeyPair ecdsa = SshKeyPair.of(EcdsaPrivateKey.generate(Curve.NISTP384, new FixedRandom(1)));
    for (SshKeyPair host : List.of(ecdsa, RSA)) {
      Sides.Results results = new Sides(KexAlgorithms.ECDH_NISTP256, host).run();

      assertThat(results.client().hostKey()).isEqualTo(host.publicKey());
    }
  }

  private static byte[] withTail(byte[] share, byte[] tail) {
    byte[] changed = share.clone();
    System.arraycopy(tail, 0, changed, share.length - tail.length, tail.length);
    return changed;
  }

  private static void assertKexError(ThrowingCallable exchange) {
    assertThatThrownBy(exchange)
        .asInstanceOf(InstanceOfAssertFactories.type(SshViolation.class))
        .extracting(SshViolation::reason)
        .isEqualTo(DisconnectReason.KEY_EXCHANGE_FAILED);
  }
}
