package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.stream.Collectors;

/** The supported key types, by the name at the head of a blob. */
final class PublicKeyTypes {

  /** Reads the fields after the name. */
  interface Fields {
    SshPublicKey decode(ByteBuf in);
  }

  private static final Map<String, Fields> PLAIN =
      Map.of(
          Ed25519PublicKey.TYPE,
          Ed25519PublicKey::decode,
          "ecdsa-sha2-nistp256",
          in -> EcdsaPublicKey.decode(Curve.NISTP256, in),
          "ecdsa-sha2-nistp384",
          in -> EcdsaPublicKey.decode(Curve.NISTP384, in),
          "ecdsa-sha2-nistp521",
          in -> EcdsaPublicKey.decode(Curve.NISTP521, in),
          RsaPublicKey.TYPE,
          RsaPublicKey::decode,
          SecurityKey.ED25519,
          SecurityKey::decodeEd25519,
          SecurityKey.ECDSA,
          SecurityKey::decodeEcdsa);

  /** By the certificate's type, the fields of the key inside. */
  private static final Map<String, Fields> CERTIFIED =
      PLAIN.entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  entry -> Certificate.typeFor(entry.getKey()), Map.Entry::getValue));

  private PublicKeyTypes() {}

  static boolean knows(String type) {
    return PLAIN.containsKey(type) || CERTIFIED.containsKey(type);
  }

  static SshPublicKey decode(String type, ByteBuf in, byte[] blob) {
    Fields key = CERTIFIED.get(type);
    return key == null ? decodePlain(type, in) : Certificate.decode(type, key, in, blob);
  }

  static SshPublicKey decodePlain(String type, ByteBuf in) {
    Fields fields = PLAIN.get(type);
    if (fields == null) {
      throw SshViolation.protocol("unknown key type \"" + type + "\"");
    }
    return fields.decode(in);
  }
}
