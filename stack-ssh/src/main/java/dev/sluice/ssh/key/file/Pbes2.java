package dev.sluice.ssh.key.file;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/** PKCS#8 encrypted with PBES2, PBKDF2 and AES-CBC (RFC 8018 section 6.2). */
final class Pbes2 {
  /** Seconds of work; files have 2,048 to a million. */
  private static final int MAX_ITERATIONS = 1 << 22;

  private static final Map<ASN1ObjectIdentifier, Integer> KEY_BYTES =
      Map.of(
          NISTObjectIdentifiers.id_aes128_CBC, 16,
          NISTObjectIdentifiers.id_aes192_CBC, 24,
          NISTObjectIdentifiers.id_aes256_CBC, 32);

  private Pbes2() {}

  static PrivateKeyInfo decrypt(EncryptedPrivateKeyInfo info, byte[] passphrase)
      throws IOException {
    ASN1ObjectIdentifier scheme = info.getEncryptionAlgorithm().getAlgorithm();
    if (!scheme.equals(PKCSObjectIdentifiers.id_PBES2)) {
      throw new KeyFileException.Unsupported("PKCS#8 encrypted with " + scheme);
    }
    PBES2Parameters parameters =
        PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
    EncryptionScheme encryption = parameters.getEncryptionScheme();
    Integer keyBytes = KEY_BYTES.get(encryption.getAlgorithm());
    if (keyBytes == null) {
      throw new KeyFileException.Unsupported("PKCS#8 encrypted with " + encryption.getAlgorithm());
    }
    byte[] iv = ASN1OctetString.getInstance(encryption.getParameters()).getOctets();
    byte[] key = derive(parameters.getKeyDerivationFunc(), passphrase, keyBytes);
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return PrivateKeyInfo.getInstance(cipher.doFinal(info.getEncryptedData()));
    } catch (BadPaddingException | IllegalArgumentException e) {
      throw new KeyFileException.WrongPassphrase();
    } catch (GeneralSecurityException e) {
      throw new KeyFileException.Damaged("the encrypted part cannot be decrypted", e);
    }
  }

  private static byte[] derive(KeyDerivationFunc function, byte[] passphrase, int keyBytes) {
    if (!function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      throw new KeyFileException.Unsupported(
          "PKCS#8 whose passphrase goes through " + function.getAlgorithm());
    }
    PBKDF2Params parameters = PBKDF2Params.getInstance(function.getParameters());
    if (parameters.getIterationCount().bitLength() > 31
        || parameters.getIterationCount().intValue() > MAX_ITERATIONS
        || parameters.getIterationCount().signum() <= 0) {
      throw new KeyFileException.Damaged("PBKDF2 with too many iterations");
    }
    PKCS5S2ParametersGenerator generator =
        new PKCS5S2ParametersGenerator(digest(parameters.getPrf().getAlgorithm()));
    generator.init(passphrase, parameters.getSalt(), parameters.getIterationCount().intValue());
    return ((KeyParameter) generator.generateDerivedParameters(keyBytes * 8)).getKey();
  }

  private static Digest digest(ASN1ObjectIdentifier prf) {
    if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA1)) {
      return new SHA1Digest();
    }
    if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA256)) {
      return new SHA256Digest();
    }
    if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA512)) {
      return new SHA512Digest();
    }
    throw new KeyFileException.Unsupported("PBKDF2 with " + prf);
  }
}
