package dev.sluice.ssh.key;

/**
 * What a security key must have asked of its user before it signed (OpenSSH PROTOCOL.u2f).
 *
 * @param touch the user touched it
 * @param verification the user was recognised, by a PIN or a finger
 */
public record Presence(boolean touch, boolean verification) {
  /** What is required unless an option says otherwise. */
  public static final Presence TOUCH = new Presence(true, false);

  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;

  boolean isIn(int flags) {
    return (!touch || (flags & USER_PRESENT) != 0)
        && (!verification || (flags & USER_VERIFIED) != 0);
  }
}
