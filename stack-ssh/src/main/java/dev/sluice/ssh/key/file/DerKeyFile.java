package dev.sluice.ssh.key.file;

import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.RsaPrivateKey;
import dev.sluice.ssh.key.RsaPublicKey;
import dev.sluice.ssh.key.SshPrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The formats in DER: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1 (RFC 5915). */
final class DerKeyFile {
  /** RFC 8410 section 3. */
  private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  private static final String PRIVATE_KEY = " PRIVATE KEY";

  private DerKeyFile() {}

  static StoredKey read(Pem pem, Passphrase passphrase) {
    byte[] der = OldPemCipher.opened(pem, passphrase);
    try {
      return new StoredKey(key(pem.label(), der, passphrase), "");
    } catch (KeyFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the readers of ASN.1 throw any
      throw pem.headers().isEmpty()
          ? new KeyFileException.Damaged("not a " + pem.label(), e)
          : new KeyFileException.WrongPassphrase();
    }
  }

  private static SshPrivateKey key(String label, byte[] der, Passphrase passphrase)
      throws IOException {
    return switch (label) {
      case "PRIVATE KEY" -> pkcs8(PrivateKeyInfo.getInstance(der));
      case "ENCRYPTED" + PRIVATE_KEY ->
          pkcs8(Pbes2.decrypt(EncryptedPrivateKeyInfo.getInstance(der), passphrase.required()));
      case "RSA" + PRIVATE_KEY -> rsa(RSAPrivateKey.getInstance(der));
      case "EC" + PRIVATE_KEY -> sec1(ECPrivateKey.getInstance(der));
      default -> throw new KeyFileException.Unsupported("files that hold a " + label);
    };
  }

  private static SshPrivateKey pkcs8(PrivateKeyInfo info) throws IOException {
    ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return rsa(RSAPrivateKey.getInstance(info.parsePrivateKey()));
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      ASN1ObjectIdentifier curve =
          ASN1ObjectIdentifier.getInstance(info.getPrivateKeyAlgorithm().getParameters());
      return ecdsa(curve, ECPrivateKey.getInstance(info.parsePrivateKey()).getKey());
    }
    if (algorithm.equals(ED25519)) {
      return new Ed25519PrivateKey(ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
    }
    throw new KeyFileException.Unsupported("keys of algorithm " + algorithm);
  }

  private static SshPrivateKey rsa(RSAPrivateKey key) {
    return RsaPrivateKey.of(
        new RsaPublicKey(key.getPublicExponent(), key.getModulus()),
        key.getPrivateExponent(),
        key.getPrime1(),
        key.getPrime2());
  }

  private static SshPrivateKey sec1(ECPrivateKey key) {
    if (key.getParametersObject() instanceof ASN1ObjectIdentifier curve) {
      return ecdsa(curve, key.getKey());
    }
    throw new KeyFileException.Unsupported("EC keys whose curve has no name");
  }

  private static SshPrivateKey ecdsa(ASN1ObjectIdentifier curve, BigInteger scalar) {
    if (curve.equals(SECObjectIdentifiers.secp256r1)) {
      return new EcdsaPrivateKey(Curve.NISTP256, scalar);
    }
    if (curve.equals(SECObjectIdentifiers.secp384r1)) {
      return new EcdsaPrivateKey(Curve.NISTP384, scalar);
    }
    if (curve.equals(SECObjectIdentifiers.secp521r1)) {
      return new EcdsaPrivateKey(Curve.NISTP521, scalar);
    }
    throw new KeyFileException.Unsupported("EC keys on curve " + curve);
  }
}
