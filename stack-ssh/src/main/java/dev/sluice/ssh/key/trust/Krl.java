package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.ssh.wire.Uint64;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A key revocation list (OpenSSH PROTOCOL.krl, format 1). An unknown section is an error: it may
 * revoke something. The list takes no more memory than a few times the size of the file.
 */
final class Krl {
  private static final long MAGIC = 0x5353484b524c0a00L; // "SSHKRL\n\0"
  private static final int FORMAT = 1;
  private static final int CERTIFICATES = 1;
  private static final int EXPLICIT_KEY = 2;
  private static final int FINGERPRINT_SHA1 = 3;
  private static final int FINGERPRINT_SHA256 = 5;
  private static final int EXTENSION = 255;

  private static final ByteBuffer ANY_AUTHORITY = ByteBuffer.allocate(0);

  private final Set<ByteBuffer> keys = new HashSet<>();
  private final Set<ByteBuffer> sha1 = new HashSet<>();
  private final Set<ByteBuffer> sha256 = new HashSet<>();
  private final Map<ByteBuffer, KrlCertificates> byAuthority = new HashMap<>();

  private Krl() {}

  static boolean isOne(byte[] file) {
    return file.length >= Long.BYTES && ByteBuffer.wrap(file).getLong() == MAGIC;
  }

  /** Reads a whole list; what is malformed is an {@link SshViolation}. */
  static Krl parse(byte[] file) {
    ByteBuf in = Unpooled.wrappedBuffer(file);
    in.skipBytes(Long.BYTES);
    long format = Uint32.read(in);
    if (format != FORMAT) {
      throw SshViolation.protocol("KRL: unknown format " + format);
    }
    Uint64.read(in); // version of the list
    Uint64.read(in); // when it was made
    Uint64.read(in); // flags, none defined
    SshString.readSlice(in); // reserved
    SshString.readSlice(in); // comment
    Krl krl = new Krl();
    while (in.isReadable()) {
      int type = Octet.read(in);
      krl.section(type, SshString.readSlice(in));
    }
    return krl;
  }

  /** Whether a plain key is revoked. */
  boolean revokesKey(byte[] blob) {
    return keys.contains(ByteBuffer.wrap(blob))
        || !sha1.isEmpty() && sha1.contains(digest("SHA-1", blob))
        || !sha256.isEmpty() && sha256.contains(digest("SHA-256", blob));
  }

  /** Whether a certificate is revoked by its serial number or its name. */
  boolean revokesCertificate(Certificate certificate) {
    KrlCertificates own = byAuthority.get(ByteBuffer.wrap(certificate.authority().blob()));
    KrlCertificates any = byAuthority.get(ANY_AUTHORITY);
    return own != null && own.revokes(certificate) || any != null && any.revokes(certificate);
  }

  private void section(int type, ByteBuf data) {
    switch (type) {
      case CERTIFICATES -> {
        ByteBuffer authority = ByteBuffer.wrap(SshString.read(data));
        SshString.readSlice(data); // reserved
        byAuthority.computeIfAbsent(authority, key -> new KrlCertificates()).read(data);
      }
      case EXPLICIT_KEY -> blobs(data, keys, 0);
      case FINGERPRINT_SHA1 -> blobs(data, sha1, 20);
      case FINGERPRINT_SHA256 -> blobs(data, sha256, 32);
      case EXTENSION -> extension(data);
      default -> throw SshViolation.protocol("KRL: unknown section " + type);
    }
  }

  /** Extensions are skipped unless the list says that this would be wrong. */
  static void extension(ByteBuf data) {
    String name = SshString.readUtf8(data, 1024);
    if (Octet.read(data) != 0) {
      throw SshViolation.protocol("KRL: unknown critical extension " + name);
    }
    SshString.readSlice(data);
    Octet.requireEnd(data, "a KRL extension");
  }

  /**
   * Strings up to the end.
   *
   * @param length that each must have; 0 = any
   */
  private static void blobs(ByteBuf data, Set<ByteBuffer> into, int length) {
    while (data.isReadable()) {
      byte[] blob = SshString.read(data);
      if (length != 0 && blob.length != length) {
        throw SshViolation.protocol("KRL: a fingerprint of " + blob.length + " octets");
      }
      into.add(ByteBuffer.wrap(blob));
    }
  }

  private static ByteBuffer digest(String algorithm, byte[] blob) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance(algorithm).digest(blob));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + algorithm, e);
    }
  }
}
