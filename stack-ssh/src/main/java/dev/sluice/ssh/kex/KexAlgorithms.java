package dev.sluice.ssh.kex;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.key.Curve;
import java.util.List;
import java.util.stream.Stream;

/** The supported key exchange methods. */
public final class KexAlgorithms {
  public static final KexAlgorithm MLKEM768_X25519 =
      two("mlkem768x25519-sha256", new Hybrid(new MlKem768(), HashAlgorithm.SHA256));
  public static final KexAlgorithm SNTRUP761_X25519 =
      two("sntrup761x25519-sha512", new Hybrid(new Sntrup761(), HashAlgorithm.SHA512));
  public static final KexAlgorithm SNTRUP761_X25519_OPENSSH =
      two("sntrup761x25519-sha512@openssh.com", new Hybrid(new Sntrup761(), HashAlgorithm.SHA512));
  public static final KexAlgorithm CURVE25519 = two("curve25519-sha256", new Curve25519());
  public static final KexAlgorithm CURVE25519_LIBSSH =
      two("curve25519-sha256@libssh.org", new Curve25519());
  public static final KexAlgorithm ECDH_NISTP256 =
      two("ecdh-sha2-nistp256", new Ecdh(Curve.NISTP256));
  public static final KexAlgorithm ECDH_NISTP384 =
      two("ecdh-sha2-nistp384", new Ecdh(Curve.NISTP384));
  public static final KexAlgorithm ECDH_NISTP521 =
      two("ecdh-sha2-nistp521", new Ecdh(Curve.NISTP521));
  public static final KexAlgorithm GROUP_EXCHANGE_SHA256 =
      new KexAlgorithm(
          "diffie-hellman-group-exchange-sha256", new GroupExchange(HashAlgorithm.SHA256));
  public static final KexAlgorithm GROUP16_SHA512 =
      two("diffie-hellman-group16-sha512", dh(DhGroup.GROUP_16, HashAlgorithm.SHA512));
  public static final KexAlgorithm GROUP18_SHA512 =
      two("diffie-hellman-group18-sha512", dh(DhGroup.GROUP_18, HashAlgorithm.SHA512));
  public static final KexAlgorithm GROUP14_SHA256 =
      two("diffie-hellman-group14-sha256", dh(DhGroup.GROUP_14, HashAlgorithm.SHA256));
  public static final KexAlgorithm GROUP14_SHA1 =
      two("diffie-hellman-group14-sha1", dh(DhGroup.GROUP_14, HashAlgorithm.SHA1));

  public static final KexAlgorithm GROUP_EXCHANGE_SHA1 =
      new KexAlgorithm("diffie-hellman-group-exchange-sha1", new GroupExchange(HashAlgorithm.SHA1));
  public static final KexAlgorithm GROUP1_SHA1 =
      two("diffie-hellman-group1-sha1", dh(DhGroup.GROUP_1, HashAlgorithm.SHA1));

  /** What a server offers by default: no finite fields, whose cost can be abused. */
  public static final List<KexAlgorithm> SERVER =
      List.of(
          MLKEM768_X25519,
          SNTRUP761_X25519,
          SNTRUP761_X25519_OPENSSH,
          CURVE25519,
          CURVE25519_LIBSSH,
          ECDH_NISTP256,
          ECDH_NISTP384,
          ECDH_NISTP521);

  /** Diffie-Hellman in finite fields. */
  public static final List<KexAlgorithm> FINITE_FIELDS =
      List.of(GROUP_EXCHANGE_SHA256, GROUP16_SHA512, GROUP18_SHA512, GROUP14_SHA256);

  /** What a client offers by default, most preferred first. */
  public static final List<KexAlgorithm> CLIENT =
      Stream.concat(SERVER.stream(), FINITE_FIELDS.stream()).toList();

  /** What old peers need; never offered unless asked for. */
  public static final List<KexAlgorithm> LEGACY =
      List.of(GROUP14_SHA1, GROUP_EXCHANGE_SHA1, GROUP1_SHA1);

  private KexAlgorithms() {}

  private static KexAlgorithm two(String name, Agreement agreement) {
    return new KexAlgorithm(name, new TwoMessages(agreement));
  }

  private static Agreement dh(DhGroup group, HashAlgorithm hash) {
    return new DiffieHellman(group, hash);
  }
}
