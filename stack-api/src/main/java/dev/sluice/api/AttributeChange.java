package dev.sluice.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Attributes to set; null leaves an attribute unchanged. A tree that cannot set one of the given
 * attributes changes nothing and signals {@code UNSUPPORTED}.
 *
 * @param modified last change of the content
 * @param accessed last read
 * @param created creation time
 * @param permissions the twelve POSIX mode bits, octal 0 to 7777
 * @param owner name or number
 * @param group name or number
 * @param size octets: cuts the file, or extends it with zeros
 */
public record AttributeChange(
    @Nullable Instant modified,
    @Nullable Instant accessed,
    @Nullable Instant created,
    @Nullable Integer permissions,
    @Nullable String owner,
    @Nullable String group,
    @Nullable Long size) {

  public AttributeChange {
    if (permissions != null && (permissions < 0 || permissions > 07777)) {
      throw new IllegalArgumentException("permissions: " + Integer.toOctalString(permissions));
    }
    if (size != null && size < 0) {
      throw new IllegalArgumentException("size: " + size);
    }
  }

  /** Changes nothing: the start for building a change. */
  public static AttributeChange none() {
    return new AttributeChange(null, null, null, null, null, null, null);
  }

  public AttributeChange withModified(Instant time) {
    return new AttributeChange(time, accessed, created, permissions, owner, group, size);
  }

  public AttributeChange withAccessed(Instant time) {
    return new AttributeChange(modified, time, created, permissions, owner, group, size);
  }

  public AttributeChange withCreated(Instant time) {
    return new AttributeChange(modified, accessed, time, permissions, owner, group, size);
  }

  public AttributeChange withPermissions(int mode) {
    return new AttributeChange(modified, accessed, created, mode, owner, group, size);
  }

  public AttributeChange withOwner(String newOwner) {
    return new AttributeChange(modified, accessed, created, permissions, newOwner, group, size);
  }

  public AttributeChange withGroup(String newGroup) {
    return new AttributeChange(modified, accessed, created, permissions, owner, newGroup, size);
  }

  public AttributeChange withSize(long octets) {
    return new AttributeChange(modified, accessed, created, permissions, owner, group, octets);
  }
}
