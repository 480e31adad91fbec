package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The structure ATTRS of every version; what is absent is null. {@link AttributesCodec} knows the
 * layouts.
 *
 * @param type what it is; {@link FileType#UNKNOWN} in a request that does not say
 * @param size octets, 0 to 2^63-1
 * @param owner owner and group
 * @param permissions the twelve POSIX mode bits
 * @param accessed last read; version 3 has seconds from 1970 to 2106, others are clamped
 * @param created birth, from version 4 on
 * @param modified last change of the content
 * @param changed last change of the attributes, from version 6 on
 * @param details what versions 4 to 6 add
 * @param extended pairs that a vendor has defined
 */
public record SftpAttributes(
    FileType type,
    @Nullable Long size,
    @Nullable Owner owner,
    @Nullable Integer permissions,
    @Nullable Instant accessed,
    @Nullable Instant created,
    @Nullable Instant modified,
    @Nullable Instant changed,
    Details details,
    List<Pair> extended) {

  /** Says nothing. */
  public static final SftpAttributes NONE =
      new SftpAttributes(
          FileType.UNKNOWN, null, null, null, null, null, null, null, Details.NONE, List.of());

  public SftpAttributes {
    extended = List.copyOf(extended);
  }

  /**
   * Owner and group, which are sent together.
   *
   * @param user in version 3 the number in decimal, later a name, {@code user@domain}
   * @param group as user
   */
  public record Owner(String user, String group) {}

  /** A pair of octet strings that a vendor has defined. */
  public record Pair(String name, byte[] value) {
    static Pair read(ByteBuf in) {
      return new Pair(Text.read(in), SshString.read(in));
    }

    void write(ByteBuf out) {
      Text.write(out, name);
      SshString.write(out, value);
    }
  }

  /**
   * What versions 4 to 6 add.
   *
   * @param allocation octets on disk (6)
   * @param acl the octets of the structure, see {@link Acl} (4)
   * @param bits attribute bits and which of them are valid (5, 6)
   * @param textHint see draft-ietf-secsh-filexfer-13 section 7.11 (6)
   * @param mimeType (6)
   * @param links number of names (6)
   * @param untranslatedName the octets of the name where the charset was changed (6)
   */
  public record Details(
      @Nullable Long allocation,
      byte @Nullable [] acl,
      @Nullable Bits bits,
      @Nullable Integer textHint,
      @Nullable String mimeType,
      @Nullable Integer links,
      @Nullable String untranslatedName) {
    public static final Details NONE = new Details(null, null, null, null, null, null, null);

    public Details withUntranslatedName(String octets) {
      return new Details(allocation, acl, bits, textHint, mimeType, links, octets);
    }
  }

  /** Attribute bits (draft-ietf-secsh-filexfer-13 section 7.9); version 5 has no mask. */
  public record Bits(int value, int valid) {}

  public SftpAttributes withType(FileType newType) {
    return new SftpAttributes(
        newType, size, owner, permissions, accessed, created, modified, changed, details, extended);
  }

  public SftpAttributes withSize(@Nullable Long octets) {
    return new SftpAttributes(
        type, octets, owner, permissions, accessed, created, modified, changed, details, extended);
  }

  public SftpAttributes withOwner(@Nullable Owner newOwner) {
    return new SftpAttributes(
        type, size, newOwner, permissions, accessed, created, modified, changed, details, extended);
  }

  public SftpAttributes withPermissions(@Nullable Integer mode) {
    return new SftpAttributes(
        type, size, owner, mode, accessed, created, modified, changed, details, extended);
  }

  public SftpAttributes withTimes(@Nullable Instant newAccessed, @Nullable Instant newModified) {
    return new SftpAttributes(
        type,
        size,
        owner,
        permissions,
        newAccessed,
        created,
        newModified,
        changed,
        details,
        extended);
  }

  public SftpAttributes withCreated(@Nullable Instant birth) {
    return new SftpAttributes(
        type, size, owner, permissions, accessed, birth, modified, changed, details, extended);
  }

  public SftpAttributes withChanged(@Nullable Instant time) {
    return new SftpAttributes(
        type, size, owner, permissions, accessed, created, modified, time, details, extended);
  }

  public SftpAttributes withDetails(Details newDetails) {
    return new SftpAttributes(
        type, size, owner, permissions, accessed, created, modified, changed, newDetails, extended);
  }

  public SftpAttributes withExtended(List<Pair> pairs) {
    return new SftpAttributes(
        type, size, owner, permissions, accessed, created, modified, changed, details, pairs);
  }
}
