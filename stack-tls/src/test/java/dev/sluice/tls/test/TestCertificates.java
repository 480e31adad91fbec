package dev.sluice.tls.test;

import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An authority of the tests' own, and certificates that it signs. Keys live as long as the test.
 */
public final class TestCertificates {
  private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());
  private static final Duration DAY = Duration.ofDays(1);

  private final KeyPair authorityKeys = keys("EC", 256);
  private final X509Certificate authority = sign("CN=Test Authority", authorityKeys, true);

  /** What is asked for in a certificate. */
  public record Wish(String commonName, String algorithm, int bits, Instant ends, String... names) {
    /** Of an elliptic curve, for a day. */
    public static Wish named(String... names) {
      return new Wish("test", "EC", 256, Instant.now().plus(DAY), names);
    }

    public Wish withKeys(String newAlgorithm, int newBits) {
      return new Wish(commonName, newAlgorithm, newBits, ends, names);
    }

    public Wish withCommonName(String newName) {
      return new Wish(newName, algorithm, bits, ends, names);
    }

    public Wish expired() {
      return new Wish(commonName, algorithm, bits, Instant.now().minus(DAY), names);
    }
  }

  /** The authority's certificate. */
  public X509Certificate authority() {
    return authority;
  }

  /** Trusts this authority and no other. */
  public PeerVerification verification() {
    return PeerVerification.authorities(List.of(authority));
  }

  /** For {@code localhost}, {@code 127.0.0.1} and {@code ::1}. */
  public KeyMaterial local() {
    return issue(Wish.named("localhost", "127.0.0.1", "::1"));
  }

  /** Signed by the authority. */
  public KeyMaterial issue(Wish wish) {
    KeyPair keys = keys(wish.algorithm(), wish.bits());
    X509Certificate certificate = certificate(wish, keys, authority, authorityKeys.getPrivate());
    return KeyMaterial.of(keys.getPrivate(), List.of(certificate, authority));
  }

  /** Signed through intermediate authorities; {@code length} certificates without the root. */
  public KeyMaterial chain(Wish wish, int length) {
    List<X509Certificate> chain = new ArrayList<>();
    X509Certificate issuer = authority;
    KeyPair issuerKeys = authorityKeys;
    for (int i = length - 1; i >= 0; i--) {
      Wish named = i == 0 ? wish : Wish.named().withCommonName("Intermediate " + i);
      KeyPair keys = keys(named.algorithm(), named.bits());
      issuer = certificate(named, keys, issuer, issuerKeys.getPrivate(), i > 0);
      issuerKeys = keys;
      chain.add(0, issuer);
    }
    return KeyMaterial.of(issuerKeys.getPrivate(), chain);
  }

  /** A list in DER that is good for a day, or was until yesterday. */
  public byte[] revocationList(boolean expired, X509Certificate... revoked) {
    Date next = Date.from(expired ? Instant.now().minus(DAY) : Instant.now().plus(DAY));
    Date made = Date.from(next.toInstant().minus(DAY.multipliedBy(2)));
    try {
      X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(authority, made).setNextUpdate(next);
      for (X509Certificate certificate : revoked) {
        builder.addCRLEntry(certificate.getSerialNumber(), made, CRLReason.keyCompromise);
      }
      return builder
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKeys.getPrivate()))
          .getEncoded();
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate signed by nobody else, and its keys. */
  public record Bare(KeyPair keys, X509Certificate certificate) {}

  /** As {@link #selfSigned}, for code that is not ours. */
  public static Bare bare(Wish wish) {
    KeyPair keys = keys(wish.algorithm(), wish.bits());
    return new Bare(keys, certificate(wish, keys, null, keys.getPrivate()));
  }

  /** Signed by nobody else. */
  public static KeyMaterial selfSigned(Wish wish) {
    KeyPair keys = keys(wish.algorithm(), wish.bits());
    return KeyMaterial.of(
        keys.getPrivate(), List.of(certificate(wish, keys, null, keys.getPrivate())));
  }

  /**
   * TLS of the JDK as it stands, for the other end of a test: trusts this authority.
   *
   * @param shown whom it says that it is; null = nobody
   */
  public SSLContext context(@Nullable Wish shown) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", authority);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] keys = shown == null ? new KeyManager[0] : keyManagers(shown);
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyManager[] keyManagers(Wish wish) throws GeneralSecurityException, IOException {
    KeyPair keys = keys(wish.algorithm(), wish.bits());
    X509Certificate certificate = certificate(wish, keys, authority, authorityKeys.getPrivate());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = {certificate, authority};
    store.setKeyEntry("key", keys.getPrivate(), new char[0], chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  /** Files with a certificate, its key and the authority, in PEM, as other programs want them. */
  public record PemFiles(Path certificate, Path key, Path authority) {}

  /** Writes a new certificate for {@code localhost} and the addresses of this machine. */
  public PemFiles write(Path directory) {
    return write(
        directory, Wish.named("localhost", "127.0.0.1", "127.0.0.2", "::1").withKeys("RSA", 2048));
  }

  /** Writes a new certificate. */
  public PemFiles write(Path directory, Wish wish) {
    KeyPair keys = keys(wish.algorithm(), wish.bits());
    X509Certificate certificate = certificate(wish, keys, authority, authorityKeys.getPrivate());
    PemFiles files =
        new PemFiles(
            directory.resolve("server.crt"),
            directory.resolve("server.key"),
            directory.resolve("authority.crt"));
    try {
      Files.writeString(files.certificate(), pem(certificate));
      Files.writeString(files.key(), pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
      Files.writeString(files.authority(), pem(authority));
      return files;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In PEM. */
  public static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(String name, KeyPair keys, boolean isAuthority) {
    X509v3CertificateBuilder builder =
        builder(new X500Name(name), new X500Name(name), Instant.now().plus(DAY), keys);
    return finish(builder, isAuthority, keys.getPrivate());
  }

  private static X509Certificate certificate(
      Wish wish, KeyPair keys, @Nullable X509Certificate issuer, PrivateKey issuerKey) {
    return certificate(wish, keys, issuer, issuerKey, false);
  }

  private static X509Certificate certificate(
      Wish wish,
      KeyPair keys,
      @Nullable X509Certificate issuer,
      PrivateKey issuerKey,
      boolean isAuthority) {
    X500Name subject = new X500Name("CN=" + wish.commonName());
    X500Name issuerName =
        issuer == null ? subject : new X500Name(issuer.getSubjectX500Principal().getName());
    X509v3CertificateBuilder builder = builder(issuerName, subject, wish.ends(), keys);
    GeneralName[] names = new GeneralName[wish.names().length];
    for (int i = 0; i < names.length; i++) {
      String name = wish.names()[i];
      boolean address = name.contains(":") || name.matches("[0-9.]+");
      names[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }
    try {
      if (names.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return finish(builder, isAuthority, issuerKey);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, Instant ends, KeyPair keys) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(SERIAL.incrementAndGet()),
        Date.from(ends.minus(DAY.multipliedBy(2))),
        Date.from(ends),
        subject,
        keys.getPublic());
  }

  private static X509Certificate finish(
      X509v3CertificateBuilder builder, boolean isAuthority, PrivateKey issuerKey) {
    String algorithm = issuerKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKey)));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
