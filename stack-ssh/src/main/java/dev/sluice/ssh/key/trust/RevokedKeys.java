package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.wire.SshViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates that must not be used any more: a key revocation list in the format of
 * OpenSSH's PROTOCOL.krl, or public keys, one a line. A file that cannot be understood as a whole
 * is an error: nobody knows what it revokes.
 */
public final class RevokedKeys {
  /** Nothing is revoked. */
  public static final RevokedKeys NONE = new RevokedKeys(Set.of(), null);

  private final Set<ByteBuffer> listed;
  private final @Nullable Krl krl;

  private RevokedKeys(Set<ByteBuffer> listed, @Nullable Krl krl) {
    this.listed = listed;
    this.krl = krl;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the line or the section that cannot be understood
   */
  public static RevokedKeys parse(byte[] file) {
    if (Krl.isOne(file)) {
      try {
        return new RevokedKeys(Set.of(), Krl.parse(file));
      } catch (SshViolation e) {
        throw new IllegalArgumentException("the key revocation list is damaged: " + e.getMessage());
      }
    }
    RecordLines<ByteBuffer> lines =
        RecordLines.read(
            new String[] {new String(file, StandardCharsets.UTF_8)},
            line -> Optional.of(blob(line)));
    if (!lines.unreadable().isEmpty()) {
      UnreadableLine first = lines.unreadable().get(0);
      throw new IllegalArgumentException(
          "line " + first.number() + " is no public key: " + first.why());
    }
    return new RevokedKeys(new HashSet<>(lines.contents()), null);
  }

  /** Whether the key is revoked; for a certificate, also the key inside or the authority. */
  public boolean isRevoked(SshPublicKey key) {
    return isKeyRevoked(key.plain())
        || key instanceof Certificate certificate
            && (isKeyRevoked(certificate.authority())
                || krl != null && krl.revokesCertificate(certificate));
  }

  private boolean isKeyRevoked(SshPublicKey key) {
    byte[] blob = key.blob();
    return listed.contains(ByteBuffer.wrap(blob)) || krl != null && krl.revokesKey(blob);
  }

  /** A key of a type that we do not use stays a blob: it is compared, never used. */
  private static ByteBuffer blob(String line) {
    String[] fields = line.split("[ \t]+", 3);
    if (fields.length < 2) {
      throw new IllegalArgumentException("a key has a type and a blob");
    }
    return ByteBuffer.wrap(
        KeyText.isForeign(fields[0], fields[1])
            ? Base64.getDecoder().decode(fields[1])
            : KeyText.parse(fields[0], fields[1]).plain().blob());
  }
}
