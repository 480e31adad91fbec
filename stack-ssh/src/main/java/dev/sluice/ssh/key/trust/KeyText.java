package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Base64;

/** A public key as one line of text: its type and its blob in base64. */
public final class KeyText {
  private KeyText() {}

  /**
   * Reads the two fields.
   *
   * @throws IllegalArgumentException if the blob is no base64 or of another type than said
   * @throws dev.sluice.ssh.wire.SshViolation if the blob is no key
   */
  public static SshPublicKey parse(String type, String base64) {
    SshPublicKey key = SshPublicKey.decode(Base64.getDecoder().decode(base64));
    if (!key.type().equals(type)) {
      throw new IllegalArgumentException("a key of type " + key.type() + " said to be another");
    }
    return key;
  }

  /**
   * Whether the two fields are a whole key of a type that we do not use, such as {@code ssh-dss}.
   *
   * @throws IllegalArgumentException if the blob is no base64
   */
  static boolean isForeign(String type, String base64) {
    ByteBuf blob = Unpooled.wrappedBuffer(Base64.getDecoder().decode(base64));
    try {
      return !SshPublicKey.isKnownType(type) && SshString.readName(blob).equals(type);
    } catch (SshViolation notABlob) {
      return false;
    }
  }

  /** The two fields. */
  public static String format(SshPublicKey key) {
    return key.type() + " " + Base64.getEncoder().encodeToString(key.blob());
  }
}
