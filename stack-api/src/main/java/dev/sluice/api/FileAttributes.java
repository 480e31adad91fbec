package dev.sluice.api;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a file besides its name. Unknown attributes are absent: null, or {@link
 * #UNKNOWN} for numbers.
 *
 * @param kind what it is
 * @param size octets, or {@link #UNKNOWN}
 * @param modified last change of the content
 * @param accessed last read
 * @param created creation time; present only if it is truly known
 * @param permissions the twelve POSIX mode bits (octal 0 to 7777), or {@link #UNKNOWN}
 * @param owner name or number of the owner
 * @param group name or number of the group
 * @param links number of names, or {@link #UNKNOWN}
 * @param identity equal for two names of one object, different for two objects; opaque
 * @param linkTarget where a symbolic link points, as stored in it
 */
public record FileAttributes(
    FileKind kind,
    long size,
    @Nullable Instant modified,
    @Nullable Instant accessed,
    @Nullable Instant created,
    int permissions,
    @Nullable String owner,
    @Nullable String group,
    int links,
    @Nullable String identity,
    @Nullable String linkTarget) {

  /** A number that the source of these attributes did not report. */
  public static final int UNKNOWN = -1;

  public FileAttributes {
    Objects.requireNonNull(kind, "kind");
    if (size < UNKNOWN || permissions < UNKNOWN || permissions > 07777 || links < UNKNOWN) {
      throw new IllegalArgumentException(
          "size " + size + ", permissions " + permissions + ", links " + links);
    }
  }

  /** Attributes of which only the kind is known. */
  public static FileAttributes of(FileKind kind) {
    return new FileAttributes(
        kind, UNKNOWN, null, null, null, UNKNOWN, null, null, UNKNOWN, null, null);
  }

  public boolean isDirectory() {
    return kind == FileKind.DIRECTORY;
  }

  public boolean isFile() {
    return kind == FileKind.FILE;
  }

  public boolean isSymbolicLink() {
    return kind == FileKind.SYMBOLIC_LINK;
  }

  public boolean hasSize() {
    return size != UNKNOWN;
  }

  public FileAttributes withKind(FileKind newKind) {
    return new FileAttributes(
        newKind,
        size,
        modified,
        accessed,
        created,
        permissions,
        owner,
        group,
        links,
        identity,
        linkTarget);
  }

  public FileAttributes withSize(long octets) {
    return new FileAttributes(
        kind,
        octets,
        modified,
        accessed,
        created,
        permissions,
        owner,
        group,
        links,
        identity,
        linkTarget);
  }

  public FileAttributes withModified(@Nullable Instant time) {
    return new FileAttributes(
        kind,
        size,
        time,
        accessed,
        created,
        permissions,
        owner,
        group,
        links,
        identity,
        linkTarget);
  }

  public FileAttributes withAccessed(@Nullable Instant time) {
    return new FileAttributes(
        kind,
        size,
        modified,
        time,
        created,
        permissions,
        owner,
        group,
        links,
        identity,
        linkTarget);
  }

  public FileAttributes withCreated(@Nullable Instant time) {
    return new FileAttributes(
        kind,
        size,
        modified,
        accessed,
        time,
        permissions,
        owner,
        group,
        links,
        identity,
        linkTarget);
  }

  public FileAttributes withPermissions(int mode) {
    return new FileAttributes(
        kind, size, modified, accessed, created, mode, owner, group, links, identity, linkTarget);
  }

  public FileAttributes withOwner(@Nullable String newOwner, @Nullable String newGroup) {
    return new FileAttributes(
        kind,
        size,
        modified,
        accessed,
        created,
        permissions,
        newOwner,
        newGroup,
        links,
        identity,
        linkTarget);
  }

  public FileAttributes withLinks(int count) {
    return new FileAttributes(
        kind,
        size,
        modified,
        accessed,
        created,
        permissions,
        owner,
        group,
        count,
        identity,
        linkTarget);
  }

  public FileAttributes withIdentity(@Nullable String opaque) {
    return new FileAttributes(
        kind,
        size,
        modified,
        accessed,
        created,
        permissions,
        owner,
        group,
        links,
        opaque,
        linkTarget);
  }

  public FileAttributes withLinkTarget(@Nullable String target) {
    return new FileAttributes(
        kind,
        size,
        modified,
        accessed,
        created,
        permissions,
        owner,
        group,
        links,
        identity,
        target);
  }
}
