package dev.sluice.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.test.Conforms;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemFilesTest {
  private static final char[] PASSWORD = "s3cret".toCharArray();
  private static final TestCertificates CERTIFICATES = new TestCertificates();

  @TempDir private Path home;
  private Path chain;
  private Path file;

  @BeforeEach
  void prepare() {
    file = home.resolve("key.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aKeyIsReadFromEveryContainer(String algorithm) throws Exception {
    PrivateKey key = written(algorithm);
    var encryptor =
        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
            .setProvider(new BouncyCastleProvider())
            .setPassword(PASSWORD)
            .build();

    write(key); // PKCS#1, SEC 1
    assertThat(PemFiles.keyMaterial(chain, file).chain()).hasSize(1);
    write(new JcaPKCS8Generator(key, null));
    assertThat(PemFiles.keyMaterial(chain, file).chain()).hasSize(1);
    write(new JcaPKCS8Generator(key, encryptor));
    assertThat(PemFiles.keyMaterial(chain, file, PASSWORD).chain()).hasSize(1);
    try (JcaPEMWriter writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
      writer.writeObject(
          key,
          new JcePEMEncryptorBuilder("AES-128-CBC")
              .setProvider(new BouncyCastleProvider())
              .build(PASSWORD));
    }
    assertThat(PemFiles.keyMaterial(chain, file, PASSWORD).chain()).hasSize(1);
  }

  @Test
  void aPasswordThatIsWrongOrMissingIsTold() throws Exception {
    PrivateKey key = written("EC");
    write(
        new JcaPKCS8Generator(
            key,
            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setPassword(PASSWORD)
                .build()));

    assertThatThrownBy(() -> PemFiles.keyMaterial(chain, file, "other".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key.pem");
    assertThatThrownBy(() -> PemFiles.keyMaterial(chain, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key.pem");
  }

  @Test
  void aPkcs12FileHoldsBoth() throws Exception {
    PrivateKey key = written("RSA");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("x", key, PASSWORD, PemFiles.certificates(chain).toArray(new Certificate[0]));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }

    assertThat(PemFiles.pkcs12(file, PASSWORD).chain()).isEqualTo(PemFiles.certificates(chain));
    assertThatThrownBy(() -> PemFiles.pkcs12(file, "other".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key.pem");
  }

  @Test
  @Conforms("TLS-076")
  void neitherKeyNorPasswordIsShown() throws Exception {
    PrivateKey key = written("EC");
    write(key);

    assertThat(PemFiles.keyMaterial(chain, file)).hasToString("KeyMaterial[CN=test]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  @Conforms("TLS-075")
  void aKeyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
    written(algorithm);
    Path other = Files.createDirectory(home.resolve("other"));
    TestCertificates.PemFiles theirs =
        CERTIFICATES.write(other, Wish.named("x").withKeys(algorithm, bits(algorithm)));

    assertThatThrownBy(() -> PemFiles.keyMaterial(chain, theirs.key()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not that of the certificate");
  }

  @Test
  void whatIsNotThereOrNotAKeyIsToldByItsName() throws Exception {
    written("EC");
    Files.writeString(file, "garbage");

    assertThatThrownBy(() -> PemFiles.certificates(home.resolve("none.pem")))
        .hasMessageContaining("none.pem: no such file");
    assertThatThrownBy(() -> PemFiles.certificates(file)).hasMessageContaining("no certificate");
    assertThatThrownBy(() -> PemFiles.keyMaterial(chain, file))
        .hasMessageContaining("no private key");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> PemFiles.certificates(file)).hasMessageContaining("larger than");
  }

  @Test
  void damagedArmourIsToldByItsName() throws Exception {
    written("EC");
    String pem = Files.readString(chain);
    Files.writeString(file, pem.substring(0, pem.length() / 2));

    assertThatThrownBy(() -> PemFiles.certificates(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key.pem");
  }

  private PrivateKey written(String algorithm) throws IOException {
    Wish wish = Wish.named("localhost").withKeys(algorithm, bits(algorithm));
    TestCertificates.PemFiles files = CERTIFICATES.write(home, wish);
    chain = files.certificate();
    try (PEMParser parser = new PEMParser(Files.newBufferedReader(files.key()))) {
      // Bouncy Castle's key names its curve also where the container does not (SEC 1).
      return new JcaPEMKeyConverter()
          .setProvider(new BouncyCastleProvider())
          .getPrivateKey((PrivateKeyInfo) parser.readObject());
    }
  }

  private static int bits(String algorithm) {
    return algorithm.equals("EC") ? 256 : 2048;
  }

  private void write(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    Files.writeString(file, text.toString());
  }
}
