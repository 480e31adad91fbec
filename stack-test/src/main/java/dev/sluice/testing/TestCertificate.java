package dev.sluice.testing;

import dev.sluice.tls.KeyMaterial;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate for the loopback addresses, self-signed; it never leaves the process. */
final class TestCertificate {
  private static final Duration LIFE = Duration.ofDays(1);
  private static final int SERIAL_BITS = 64;

  private TestCertificate() {}

  static KeyMaterial generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair keys = generator.generateKeyPair();
      JcaContentSignerBuilder signer = new JcaContentSignerBuilder("SHA256withECDSA");
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(unsigned(keys).build(signer.build(keys.getPrivate())));
      return KeyMaterial.of(keys.getPrivate(), List.of(certificate));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make a certificate: " + e.getMessage(), e);
    }
  }

  private static X509v3CertificateBuilder unsigned(KeyPair keys) throws IOException {
    X500Name name = new X500Name("CN=sluice test");
    Instant now = Instant.now();
    GeneralName[] names = {
      new GeneralName(GeneralName.dNSName, "localhost"),
      new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
    };
    return new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
            Date.from(now.minus(LIFE)),
            Date.from(now.plus(LIFE)),
            name,
            keys.getPublic())
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
  }
}
