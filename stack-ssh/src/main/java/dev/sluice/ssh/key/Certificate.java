package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.ssh.wire.Uint64;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key with a statement about its owner, signed by an authority (OpenSSH PROTOCOL.certkeys,
 * draft-ietf-sshm-cert). Reading it proves nothing: {@link CertificateCheck} decides.
 *
 * @param type the name at the head of the blob
 * @param key the key that is certified
 * @param serial uint64, chosen by the authority
 * @param role whom it is about
 * @param keyId the authority's name for it, for logs
 * @param principals the host or user names it is for
 * @param validAfter seconds since 1970 as unsigned; valid from then on
 * @param validBefore seconds since 1970 as unsigned; no longer valid from then on; 2^64-1 = for
 *     ever
 * @param criticalOptions by name, what must be obeyed or the certificate refused
 * @param extensions by name, what is granted; unknown ones do not matter
 * @param authority the key that signed it, never a certificate
 * @param signature the signature blob
 * @param encoded the whole blob
 */
public record Certificate(
    String type,
    SshPublicKey key,
    long serial,
    Role role,
    String keyId,
    List<String> principals,
    long validAfter,
    long validBefore,
    Map<String, String> criticalOptions,
    Map<String, String> extensions,
    SshPublicKey authority,
    byte[] signature,
    byte[] encoded)
    implements SshPublicKey {

  /** Whom a certificate is about. */
  public enum Role {
    USER,
    HOST
  }

  private static final String SUFFIX = "-cert-v01@openssh.com";
  private static final String VENDOR = "@openssh.com";
  private static final int MAX_PRINCIPALS = 256;
  private static final int MAX_OPTIONS = 256;
  private static final int MAX_TEXT_BYTES = 8192;

  static String typeFor(String plainType) {
    String base =
        plainType.endsWith(VENDOR)
            ? plainType.substring(0, plainType.length() - VENDOR.length())
            : plainType;
    return base + SUFFIX;
  }

  static Certificate decode(String type, PublicKeyTypes.Fields key, ByteBuf in, byte[] blob) {
    SshString.readSlice(in); // nonce
    SshPublicKey subject = key.decode(in);
    long serial = Uint64.read(in);
    Role role = role(Uint32.read(in));
    String keyId = SshString.readText(in);
    List<String> principals = principals(SshString.readSlice(in));
    long validAfter = Uint64.read(in);
    long validBefore = Uint64.read(in);
    Map<String, String> critical = options(SshString.readSlice(in));
    Map<String, String> extensions = options(SshString.readSlice(in));
    SshString.readSlice(in); // reserved
    SshPublicKey authority = authority(SshString.readSlice(in));
    byte[] signature = SshString.read(in);
    return new Certificate(
        type,
        subject,
        serial,
        role,
        keyId,
        principals,
        validAfter,
        validBefore,
        critical,
        extensions,
        authority,
        signature,
        blob);
  }

  /** What the authority signed: everything before the signature. */
  byte[] signedPart() {
    return Arrays.copyOf(encoded, encoded.length - signature.length - 4);
  }

  @Override
  public SshPublicKey plain() {
    return key;
  }

  @Override
  public void encodeFields(ByteBuf out) {
    int head = 4 + type.length();
    out.writeBytes(encoded, head, encoded.length - head);
  }

  @Override
  public void requireRsaBits(int minRsaBits) {
    key.requireRsaBits(minRsaBits);
    authority.requireRsaBits(minRsaBits);
  }

  @Override
  public boolean verify(
      SignatureAlgorithm algorithm, byte[] data, ByteBuf signatureFields, Presence presence) {
    return key.verify(algorithm, data, signatureFields, presence);
  }

  private static Role role(long number) {
    if (number == 1) {
      return Role.USER;
    }
    if (number == 2) {
      return Role.HOST;
    }
    throw SshViolation.protocol("a certificate of unknown kind " + number);
  }

  private static List<String> principals(ByteBuf in) {
    List<String> names = new ArrayList<>();
    while (in.isReadable()) {
      if (names.size() == MAX_PRINCIPALS) {
        throw SshViolation.protocol("a certificate for more than " + MAX_PRINCIPALS + " names");
      }
      names.add(SshString.readUtf8(in, MAX_TEXT_BYTES));
    }
    return List.copyOf(names);
  }

  /**
   * Names with values, in ascending order, none twice; a value is a string in a string, or none.
   */
  private static Map<String, String> options(ByteBuf in) {
    Map<String, String> options = new LinkedHashMap<>();
    while (in.isReadable()) {
      String name = SshString.readUtf8(in, MAX_TEXT_BYTES);
      ByteBuf data = SshString.readSlice(in);
      String value = data.isReadable() ? SshString.readUtf8(data, MAX_TEXT_BYTES) : "";
      Octet.requireEnd(data, "a certificate's option");
      if (options.size() == MAX_OPTIONS || options.put(name, value) != null) {
        throw SshViolation.protocol("a certificate's options are too many or repeated");
      }
    }
    return Map.copyOf(options);
  }

  /** A certificate cannot sign certificates: there are no chains. */
  private static SshPublicKey authority(ByteBuf blob) {
    byte[] octets = new byte[blob.readableBytes()];
    blob.readBytes(octets);
    ByteBuf in = Unpooled.wrappedBuffer(octets);
    SshPublicKey key = PublicKeyTypes.decodePlain(SshString.readName(in), in);
    Octet.requireEnd(in, key.type());
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Certificate that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return type + " " + fingerprint() + " by " + authority.fingerprint();
  }
}
