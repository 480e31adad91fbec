package dev.sluice.ssh.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.Vectors;
import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Mpint;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and signatures, by known answers, and made wrong in every way. */
final class SignatureTest {
  private static final byte[] DATA = "data".getBytes(UTF_8);
  private static final SshPrivateKey RSA = RsaPrivateKey.generate(2048, new SecureRandom());

  static Stream<Arguments> keys() {
    FixedRandom random = new FixedRandom(1);
    return Stream.of(
        Arguments.of(SignatureAlgorithms.ED25519, Ed25519PrivateKey.generate(random)),
        Arguments.of(
            SignatureAlgorithms.ECDSA_NISTP256, EcdsaPrivateKey.generate(Curve.NISTP256, random)),
        Arguments.of(
            SignatureAlgorithms.ECDSA_NISTP384, EcdsaPrivateKey.generate(Curve.NISTP384, random)),
        Arguments.of(
            SignatureAlgorithms.ECDSA_NISTP521, EcdsaPrivateKey.generate(Curve.NISTP521, random)),
        Arguments.of(SignatureAlgorithms.RSA_SHA2_256, RSA),
        Arguments.of(SignatureAlgorithms.RSA_SHA2_512, RSA),
        Arguments.of(SignatureAlgorithms.RSA_SHA1, RSA));
  }

  static Stream<String> ed25519() {
    return Vectors.elements("ed25519.cases");
  }

  static Stream<String> ecdsa() {
    return Vectors.elements("ecdsa.cases");
  }

  static Stream<String> rsa() {
    return Vectors.elements("rsa_sha2.cases");
  }

  static Stream<String> securityKeys() {
    return Vectors.elements("sk_signatures.cases");
  }

  @ParameterizedTest
  @MethodSource("keys")
  @Conforms({"SSH-087", "SSH-088", "SSH-090", "SSH-092"})
  void aSignatureIsOfItsKeyDataAndAlgorithmOnly(SignatureAlgorithm algorithm, SshPrivateKey key) {
    SshPublicKey publicKey = SshPublicKey.decode(key.publicKey().blob());
    byte[] signature = algorithm.sign(key, DATA);

    assertThat(publicKey).isEqualTo(key.publicKey());
    assertThat(algorithm.verify(publicKey, DATA, signature)).isTrue();
    assertThat(algorithm.verify(publicKey, "date".getBytes(UTF_8), signature)).isFalse();
    for (SignatureAlgorithm other : SignatureAlgorithms.PLAIN) {
      if (!other.equals(algorithm)) {
        assertThat(other.verify(publicKey, DATA, signature)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  @Conforms({"SSH-087", "SSH-088", "SSH-090"})
  void noChangedOctetOfASignaturePasses(SignatureAlgorithm algorithm, SshPrivateKey key) {
    byte[] signature = algorithm.sign(key, DATA);
    for (int at = 0; at < signature.length; at++) {
      byte[] changed = signature.clone();
      changed[at] ^= 1;
      assertThat(passes(algorithm, key.publicKey(), changed)).as("octet %d", at).isFalse();
    }
    for (int length = 0; length < signature.length; length++) {
      assertThat(passes(algorithm, key.publicKey(), Arrays.copyOf(signature, length))).isFalse();
    }
    assertThat(passes(algorithm, key.publicKey(), Arrays.copyOf(signature, signature.length + 1)))
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("keys")
  @Conforms({"SSH-014", "SSH-016"})
  void aKeyThatIsCutOrHasMoreIsRefused(SignatureAlgorithm algorithm, SshPrivateKey key) {
    byte[] blob = key.publicKey().blob();
    for (int length = 0; length < blob.length; length++) {
      byte[] cut = Arrays.copyOf(blob, length);
      assertThatThrownBy(() -> SshPublicKey.decode(cut)).isInstanceOf(SshViolation.class);
    }
    assertThatThrownBy(() -> SshPublicKey.decode(Arrays.copyOf(blob, blob.length + 1)))
        .isInstanceOf(SshViolation.class);
  }

  @ParameterizedTest
  @MethodSource("ed25519")
  @Conforms("SSH-087")
  void ed25519IsThatOfRfc8032(String vector) {
    Ed25519PrivateKey key = new Ed25519PrivateKey(Vectors.hex(vector + ".seed"));
    byte[] message = Vectors.hex(vector + ".message");
    byte[] expected = Vectors.hex(vector + ".ssh_signature_blob");

    assertThat(key.publicKey().point()).isEqualTo(Vectors.hex(vector + ".public"));
    assertThat(SignatureAlgorithms.ED25519.sign(key, message)).isEqualTo(expected);
    assertThat(SignatureAlgorithms.ED25519.verify(key.publicKey(), message, expected)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("ecdsa")
  @Conforms({"SSH-088", "SSH-089"})
  void ecdsaNoncesAreThoseOfRfc6979(String vector) {
    Curve curve =
        Stream.of(Curve.values())
            .filter(it -> it.id().equals(Vectors.text(vector + ".curve")))
            .findFirst()
            .orElseThrow();
    EcdsaPrivateKey key = new EcdsaPrivateKey(curve, Vectors.number(vector + ".private_d"));
    SignatureAlgorithm algorithm =
        SignatureAlgorithms.named("ecdsa-sha2-" + curve.id()).orElseThrow();
    byte[] message = Vectors.text(vector + ".message_text").getBytes(UTF_8);

    assertThat(key.publicKey().blob()).isEqualTo(Vectors.hex(vector + ".ssh_public_key_blob"));
    assertThat(algorithm.sign(key, message)).isEqualTo(Vectors.hex(vector + ".ssh_signature_blob"));
  }

  @Test
  @Conforms("SSH-089")
  void theTopBitsOfNistp521SignaturesAreUniform_CVE_2024_31497() {
    EcdsaPrivateKey key = EcdsaPrivateKey.generate(Curve.NISTP521, new FixedRandom(9));
    int count = 2000;
    int topBits = 0;
    int distinct = 0;
    BigInteger n = Curve.NISTP521.domain().getN();
    BigInteger previous = BigInteger.ZERO;
    for (int i = 0; i < count; i++) {
      byte[] data = ("message " + i).getBytes(UTF_8);
      BigInteger nonce = nonce(key, data, SignatureAlgorithms.ECDSA_NISTP521.sign(key, data), n);
      topBits += nonce.bitLength() > 519 ? 1 : 0;
      distinct += nonce.equals(previous) ? 0 : 1;
      previous = nonce;
    }

    // Of numbers spread over 521 bits three in four have one of the two top bits set; the biased
    // ones never had one of the top nine.
    assertThat(topBits).isBetween(count * 70 / 100, count * 80 / 100);
    assertThat(distinct).isEqualTo(count);
  }

  /** k = (hash + r d) / s, which only the owner of d can compute. */
  private static BigInteger nonce(EcdsaPrivateKey key, byte[] data, byte[] blob, BigInteger n) {
    ByteBuf in = Unpooled.wrappedBuffer(blob);
    SshString.readName(in);
    ByteBuf numbers = SshString.readSlice(in);
    BigInteger r = Mpint.read(numbers);
    BigInteger s = Mpint.read(numbers);
    BigInteger hash = new BigInteger(1, Curve.NISTP521.hash().of(data));
    return hash.add(r.multiply(key.scalar())).multiply(s.modInverse(n)).mod(n);
  }

  @ParameterizedTest
  @MethodSource("ecdsa")
  @Conforms("SSH-088")
  void numbersOutsideTheirRangeAreNoSignature_CVE_2022_21449(String vector) {
    SshPublicKey key = SshPublicKey.decode(Vectors.hex(vector + ".ssh_public_key_blob"));
    BigInteger n = ((EcdsaPublicKey) key).curve().domain().getN();
    SignatureAlgorithm algorithm = SignatureAlgorithms.fitting(key).get(0);
    List<BigInteger> bad = List.of(BigInteger.ZERO, n, n.add(BigInteger.ONE));
    for (BigInteger r : bad) {
      for (BigInteger s : List.of(BigInteger.ZERO, BigInteger.ONE, n)) {
        assertThat(algorithm.verify(key, DATA, ecdsaBlob(algorithm, r, s))).isFalse();
        assertThat(algorithm.verify(key, DATA, ecdsaBlob(algorithm, s, r))).isFalse();
      }
    }
  }

  private static byte[] ecdsaBlob(SignatureAlgorithm algorithm, BigInteger r, BigInteger s) {
    return Encoded.bytes(
        out -> {
          SshString.write(out, algorithm.signatureName());
          SshString.write(
              out,
              Encoded.bytes(
                  pair -> {
                    Mpint.write(pair, r);
                    Mpint.write(pair, s);
                  }));
        });
  }

  @ParameterizedTest
  @MethodSource("rsa")
  @Conforms("SSH-090")
  void rsaIsTheSameAsOfOthers(String vector) {
    RsaPublicKey publicKey =
        (RsaPublicKey) SshPublicKey.decode(Vectors.hex("rsa_sha2.public_key_blob"));
    RsaPrivateKey key =
        RsaPrivateKey.of(
            publicKey,
            Vectors.number("rsa_sha2.private_components.d"),
            Vectors.number("rsa_sha2.private_components.p"),
            Vectors.number("rsa_sha2.private_components.q"));
    SignatureAlgorithm algorithm =
        SignatureAlgorithms.named(Vectors.text(vector + ".algorithm")).orElseThrow();
    byte[] message = Vectors.text("rsa_sha2.message_text").getBytes(UTF_8);
    byte[] expected = Vectors.hex(vector + ".ssh_signature_blob");

    assertThat(algorithm.sign(key, message)).isEqualTo(expected);
    assertThat(algorithm.verify(publicKey, message, expected)).isTrue();
  }

  @Test
  @Conforms("SSH-090")
  void anRsaSignatureWithoutItsLeadingZerosPassesAndALongerOneDoesNot() {
    SignatureAlgorithm algorithm = SignatureAlgorithms.RSA_SHA2_256;
    for (int i = 0; ; i++) {
      byte[] data = ("message " + i).getBytes(UTF_8);
      byte[] blob = algorithm.sign(RSA, data);
      int start = blob.length - 256;
      if (blob[start] == 0) {
        byte[] number = Arrays.copyOfRange(blob, start + 1, blob.length);
        byte[] longer = Arrays.copyOfRange(blob, start - 1, blob.length);
        longer[0] = 0;

        assertThat(algorithm.verify(RSA.publicKey(), data, rsaBlob(number))).isTrue();
        assertThat(passes(algorithm, RSA.publicKey(), rsaBlob(longer))).isFalse();
        return;
      }
    }
  }

  private static byte[] rsaBlob(byte[] number) {
    return Encoded.bytes(
        out -> {
          SshString.write(out, "rsa-sha2-256");
          SshString.write(out, number);
        });
  }

  @ParameterizedTest
  @MethodSource("securityKeys")
  @Conforms({"SSH-100", "SSH-101"})
  void securityKeysAreVerified(String vector) {
    SshPublicKey key = SshPublicKey.decode(Vectors.hex(vector + ".public_key_blob"));
    SignatureAlgorithm algorithm =
        SignatureAlgorithms.named(Vectors.text(vector + ".algorithm")).orElseThrow();
    byte[] message = Vectors.hex(vector + ".message");
    byte[] blob = Vectors.hex(vector + ".ssh_signature_blob");
    boolean verified = (Vectors.decimal(vector + ".flags") & 4) != 0;

    assertThat(key.blob()).isEqualTo(Vectors.hex(vector + ".public_key_blob"));
    assertThat(algorithm.verify(key, message, blob)).isTrue();
    assertThat(algorithm.verify(key, message, blob, new Presence(true, true))).isEqualTo(verified);
    assertThat(algorithm.verify(key, DATA, blob)).isFalse();
    for (int at = 0; at < blob.length; at++) {
      byte[] changed = blob.clone();
      changed[at] ^= 1;
      assertThat(passes(algorithm, key, changed)).as("octet %d", at).isFalse();
    }
  }

  @Test
  @Conforms("SSH-101")
  void aSecurityKeyThatNobodyTouchedIsRefusedUnlessAllowed() {
    Ed25519PrivateKey device = Ed25519PrivateKey.generate(new FixedRandom(3));
    SecurityKey key = new SecurityKey(device.publicKey(), "ssh:");
    byte[] blob = securityKeySignature(device, key, 0);

    assertThat(SignatureAlgorithms.SK_ED25519.verify(key, DATA, blob)).isFalse();
    assertThat(SignatureAlgorithms.SK_ED25519.verify(key, DATA, blob, new Presence(false, false)))
        .isTrue();
    assertThat(SignatureAlgorithms.SK_ED25519.verify(key, DATA, blob, new Presence(false, true)))
        .isFalse();
  }

  private static byte[] securityKeySignature(Ed25519PrivateKey device, SecurityKey key, int flags) {
    byte[] signed =
        Encoded.bytes(
            out -> {
              out.writeBytes(HashAlgorithm.SHA256.of(key.application().getBytes(UTF_8)));
              out.writeByte(flags).writeInt(1);
              out.writeBytes(HashAlgorithm.SHA256.of(DATA));
            });
    byte[] fields = device.signFields(SignatureAlgorithms.ED25519, signed);
    return Encoded.bytes(
        out -> {
          SshString.write(out, SecurityKey.ED25519);
          out.writeBytes(fields).writeByte(flags).writeInt(1);
        });
  }

  @Test
  @Conforms("SSH-091")
  void rsaKeysOfSizesThatNobodyNeedsAreRefusedAtOnce_CVE_2020_9283() {
    BigInteger e = BigInteger.valueOf(65_537);
    for (int bits : new int[] {0, 8, 512, 1023, 16_385, 100_000}) {
      byte[] blob = rsaKey(e, bits == 0 ? BigInteger.ZERO : odd(bits));
      Assertions.assertTimeout(
          Duration.ofSeconds(1),
          () ->
              assertThatThrownBy(() -> SshPublicKey.decode(blob)).isInstanceOf(SshViolation.class));
    }
    assertThat(SshPublicKey.decode(rsaKey(e, odd(1024)))).isInstanceOf(RsaPublicKey.class);
    assertThat(SshPublicKey.decode(rsaKey(e, odd(16_384)))).isInstanceOf(RsaPublicKey.class);
    assertThatThrownBy(() -> SshPublicKey.decode(rsaKey(e, odd(2047))).requireRsaBits(2048))
        .isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SSH-091")
  void rsaNumbersThatMakeAVerificationSlowOrEasyAreRefused_CVE_2020_29652() {
    for (BigInteger exponent :
        List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO, odd(65), odd(2048))) {
      assertThatThrownBy(() -> SshPublicKey.decode(rsaKey(exponent, odd(2048))))
          .isInstanceOf(SshViolation.class);
    }
    assertThatThrownBy(
            () -> SshPublicKey.decode(rsaKey(BigInteger.valueOf(3), odd(2048).add(BigInteger.ONE))))
        .isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SSH-087")
  void anEd25519KeyOfAnotherLengthThan32IsRefused_CVE_2021_43565() {
    for (int length : new int[] {0, 31, 33, 64}) {
      byte[] blob =
          Encoded.bytes(
              out -> {
                SshString.write(out, "ssh-ed25519");
                SshString.write(out, new byte[length]);
              });
      assertThatThrownBy(() -> SshPublicKey.decode(blob)).isInstanceOf(SshViolation.class);
    }
  }

  @Test
  @Conforms("SSH-088")
  void anEcdsaKeyWhoseCurveIsNotThatOfItsNameIsRefused() {
    EcdsaPublicKey key = EcdsaPrivateKey.generate(Curve.NISTP256, new FixedRandom(1)).publicKey();
    byte[] blob =
        Encoded.bytes(
            out -> {
              SshString.write(out, "ecdsa-sha2-nistp384");
              key.encodeFields(out);
            });
    assertThatThrownBy(() -> SshPublicKey.decode(blob)).isInstanceOf(SshViolation.class);
  }

  @Test
  void emptyMalformedAndPathLikeBlobsAreNoKeys_CVE_2024_5806() {
    for (String name :
        new String[] {"", "../../etc/passwd", "/etc/passwd", "ssh-dss", "\\\\h\\s"}) {
      byte[] blob = Encoded.bytes(out -> SshString.write(out, name));
      assertThatThrownBy(() -> SshPublicKey.decode(blob)).isInstanceOf(SshViolation.class);
    }
    assertThatThrownBy(() -> SshPublicKey.decode(new byte[0])).isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SSH-174")
  void fingerprintsAreThoseOfSshKeygen() {
    SshPublicKey key = SshPublicKey.decode(Vectors.hex("fingerprint.blob"));

    assertThat(key.fingerprint()).isEqualTo(Vectors.text("fingerprint.sha256"));
    assertThat(Fingerprint.md5(key)).isEqualTo(Vectors.text("fingerprint.md5"));
  }

  @Test
  void aPairWhoseHalvesDoNotBelongTogetherCannotBeMade() {
    SshPrivateKey one = Ed25519PrivateKey.generate(new FixedRandom(1));
    SshPrivateKey other = Ed25519PrivateKey.generate(new FixedRandom(2));

    assertThatThrownBy(() -> new SshKeyPair(one.publicKey(), other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean passes(SignatureAlgorithm algorithm, SshPublicKey key, byte[] blob) {
    try {
      return algorithm.verify(key, DATA, blob);
    } catch (SshViolation malformed) {
      return false;
    }
  }

  private static BigInteger odd(int bits) {
    return BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
  }

  private static byte[] rsaKey(BigInteger exponent, BigInteger modulus) {
    return Encoded.bytes(
        out -> {
          SshString.write(out, "ssh-rsa");
          Mpint.write(out, exponent);
          Mpint.write(out, modulus);
        });
  }
}
