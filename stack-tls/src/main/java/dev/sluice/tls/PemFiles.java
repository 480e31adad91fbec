package dev.sluice.tls;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Keys and certificates in files: PEM (RFC 7468; keys of PKCS#8, PKCS#1 and SEC 1, encrypted or
 * not), revocation lists, and PKCS#12. Reads files: not for event loops. Throws an {@link
 * IllegalArgumentException} that names the file when the requested item is not in it.
 */
public final class PemFiles {
  private static final int MAX_OCTETS = 1 << 20;
  private static final int MAX_REVOCATION_OCTETS = 64 << 20;
  private static final byte DER_SEQUENCE = 0x30;

  private PemFiles() {}

  /**
   * A key with its certificates.
   *
   * @param chain certificates, the key's own first
   * @param key the private key; may be the same file
   */
  public static KeyMaterial keyMaterial(Path chain, Path key) {
    return keyMaterial(chain, key, new char[0]);
  }

  /** As {@link #keyMaterial(Path, Path)}, for an encrypted key. */
  public static KeyMaterial keyMaterial(Path chain, Path key, char[] password) {
    return KeyMaterial.of(privateKey(key, password), certificates(chain));
  }

  /** The key of a PKCS#12 file. */
  public static KeyMaterial pkcs12(Path file, char[] password) {
    try {
      checkSize(file, MAX_OCTETS);
      return KeyMaterial.of(KeyStore.getInstance(file.toFile(), password), password);
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(file, e);
    }
  }

  /** The certificates of a file, at least one, in their order. */
  public static List<X509Certificate> certificates(Path file) {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    List<X509Certificate> found = new ArrayList<>();
    try {
      for (Object object : objects(file)) {
        if (object instanceof X509CertificateHolder holder) {
          found.add(converter.getCertificate(holder));
        }
      }
    } catch (GeneralSecurityException e) {
      throw unreadable(file, e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no certificate");
    }
    return found;
  }

  /** The revocation lists of a file, at least one: any number in PEM, or one in DER. */
  public static List<X509CRL> revocationLists(Path file) {
    JcaX509CRLConverter converter = new JcaX509CRLConverter();
    List<X509CRL> found = new ArrayList<>();
    try {
      checkSize(file, MAX_REVOCATION_OCTETS);
      byte[] octets = Files.readAllBytes(file);
      if (octets.length > 0 && octets[0] == DER_SEQUENCE) {
        return List.of(converter.getCRL(new X509CRLHolder(octets)));
      }
      String text = new String(octets, StandardCharsets.ISO_8859_1);
      for (Object object : objects(new StringReader(text))) {
        if (object instanceof X509CRLHolder holder) {
          found.add(converter.getCRL(holder));
        }
      }
    } catch (IOException | GeneralSecurityException | IllegalStateException e) {
      throw unreadable(file, e); // ASN.1 is parsed lazily: its errors are unchecked
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no revocation list");
    }
    return found;
  }

  private static PrivateKey privateKey(Path file, char[] password) {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try {
      for (Object object : objects(file)) {
        Optional<PrivateKeyInfo> info = keyIn(object, password);
        if (info.isPresent()) {
          return converter.getPrivateKey(info.get());
        }
      }
    } catch (IOException | PKCSException | OperatorCreationException e) {
      throw unreadable(file, e);
    }
    throw new IllegalArgumentException(file + " holds no private key");
  }

  private static Optional<PrivateKeyInfo> keyIn(Object object, char[] password)
      throws IOException, PKCSException, OperatorCreationException {
    if (object instanceof PrivateKeyInfo info) {
      return Optional.of(info);
    }
    if (object instanceof PEMKeyPair pair) {
      return Optional.of(pair.getPrivateKeyInfo());
    }
    BouncyCastleProvider provider = new BouncyCastleProvider();
    if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
      return Optional.of(
          encrypted.decryptPrivateKeyInfo(
              new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(provider).build(password)));
    }
    if (object instanceof PEMEncryptedKeyPair encrypted) {
      return Optional.of(
          encrypted
              .decryptKeyPair(
                  new JcePEMDecryptorProviderBuilder().setProvider(provider).build(password))
              .getPrivateKeyInfo());
    }
    return Optional.empty();
  }

  private static List<Object> objects(Path file) {
    try {
      checkSize(file, MAX_OCTETS);
      return objects(Files.newBufferedReader(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Closes {@code text}. */
  private static List<Object> objects(Reader text) throws IOException {
    List<Object> objects = new ArrayList<>();
    try (PEMParser parser = new PEMParser(text)) {
      for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
        objects.add(object);
      }
    }
    return objects;
  }

  private static void checkSize(Path file, int most) throws IOException {
    if (Files.size(file) > most) {
      throw new IllegalArgumentException(file + " is larger than " + most + " octets");
    }
  }

  static IllegalArgumentException unreadable(Path file, Exception cause) {
    String reason =
        cause instanceof java.nio.file.NoSuchFileException ? "no such file" : cause.getMessage();
    return new IllegalArgumentException("cannot read " + file + ": " + reason, cause);
  }
}
