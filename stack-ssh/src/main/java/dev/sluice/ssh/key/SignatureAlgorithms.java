package dev.sluice.ssh.key;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The supported signature algorithms (RFC 5656, 8332, 8709; OpenSSH PROTOCOL.certkeys, .u2f). */
public final class SignatureAlgorithms {
  public static final SignatureAlgorithm ED25519 =
      plain(Ed25519PublicKey.TYPE, HashAlgorithm.SHA512);
  public static final SignatureAlgorithm ECDSA_NISTP256 =
      plain("ecdsa-sha2-nistp256", HashAlgorithm.SHA256);
  public static final SignatureAlgorithm ECDSA_NISTP384 =
      plain("ecdsa-sha2-nistp384", HashAlgorithm.SHA384);
  public static final SignatureAlgorithm ECDSA_NISTP521 =
      plain("ecdsa-sha2-nistp521", HashAlgorithm.SHA512);
  public static final SignatureAlgorithm SK_ED25519 =
      plain(SecurityKey.ED25519, HashAlgorithm.SHA512);
  public static final SignatureAlgorithm SK_ECDSA_NISTP256 =
      plain(SecurityKey.ECDSA, HashAlgorithm.SHA256);
  public static final SignatureAlgorithm RSA_SHA2_512 = rsa("rsa-sha2-512", HashAlgorithm.SHA512);
  public static final SignatureAlgorithm RSA_SHA2_256 = rsa("rsa-sha2-256", HashAlgorithm.SHA256);

  /** RSA with SHA-1, for peers that have nothing else. */
  public static final SignatureAlgorithm RSA_SHA1 = rsa(RsaPublicKey.TYPE, HashAlgorithm.SHA1);

  /** Keys alone, most preferred first. */
  public static final List<SignatureAlgorithm> PLAIN =
      List.of(
          ED25519,
          ECDSA_NISTP256,
          ECDSA_NISTP384,
          ECDSA_NISTP521,
          SK_ED25519,
          SK_ECDSA_NISTP256,
          RSA_SHA2_512,
          RSA_SHA2_256);

  /** The same with certificates. */
  public static final List<SignatureAlgorithm> CERTIFIED =
      PLAIN.stream().map(SignatureAlgorithms::certified).toList();

  /** What is offered by default, most preferred first. */
  public static final List<SignatureAlgorithm> DEFAULT =
      Stream.concat(CERTIFIED.stream(), PLAIN.stream()).toList();

  /** What old peers need; never offered unless asked for. */
  public static final List<SignatureAlgorithm> LEGACY = List.of(RSA_SHA1);

  private SignatureAlgorithms() {}

  /**
   * The algorithms that a key, or a certificate, of this type can be used with, preferred first.
   */
  public static List<SignatureAlgorithm> fitting(SshPublicKey key) {
    return Stream.concat(DEFAULT.stream(), LEGACY.stream()).filter(it -> it.fits(key)).toList();
  }

  /** The algorithm of that name, any at all. */
  public static Optional<SignatureAlgorithm> named(String name) {
    return Stream.concat(DEFAULT.stream(), LEGACY.stream())
        .filter(it -> it.name().equals(name))
        .findFirst();
  }

  private static SignatureAlgorithm plain(String name, HashAlgorithm hash) {
    return new SignatureAlgorithm(name, name, name, hash, false);
  }

  private static SignatureAlgorithm rsa(String name, HashAlgorithm hash) {
    return new SignatureAlgorithm(name, RsaPublicKey.TYPE, name, hash, false);
  }

  private static SignatureAlgorithm certified(SignatureAlgorithm plain) {
    return new SignatureAlgorithm(
        Certificate.typeFor(plain.name()),
        Certificate.typeFor(plain.keyType()),
        plain.signatureName(),
        plain.hash(),
        true);
  }
}
