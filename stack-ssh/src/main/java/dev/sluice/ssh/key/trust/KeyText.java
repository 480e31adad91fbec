package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.SshPublicKey;
import java.util.Base64;

/** A public key as one line of text: its type and its blob in base64. */
public final class KeyText {
  private KeyText() {}

  /**
   * Reads the two fields.
   *
   * @throws IllegalArgumentException if the blob is no base64 or of another type than said
   * @throws dev.sluice.ssh.SshViolation if the blob is no key
   */
  public static SshPublicKey parse(String type, String base64) {
    SshPublicKey key = SshPublicKey.decode(Base64.getDecoder().decode(base64));
    if (!key.type().equals(type)) {
      throw new IllegalArgumentException("a key of type " + key.type() + " said to be another");
    }
    return key;
  }

  /** The two fields. */
  public static String format(SshPublicKey key) {
    return key.type() + " " + Base64.getEncoder().encodeToString(key.blob());
  }
}
