package dev.sluice.client.nio;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes as the server reports them; what it does not report is the epoch, 0, or refused. */
record ServerAttributes(FileAttributes all) implements PosixFileAttributes {
  /** From the highest bit down, as {@code rwxrwxrwx}. */
  private static final List<PosixFilePermission> BITS =
      List.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  @Override
  public FileTime lastModifiedTime() {
    return time(all.modified());
  }

  @Override
  public FileTime lastAccessTime() {
    return time(all.accessed() == null ? all.modified() : all.accessed());
  }

  @Override
  public FileTime creationTime() {
    return time(all.created() == null ? all.modified() : all.created());
  }

  @Override
  public boolean isRegularFile() {
    return all.isFile();
  }

  @Override
  public boolean isDirectory() {
    return all.isDirectory();
  }

  @Override
  public boolean isSymbolicLink() {
    return all.isSymbolicLink();
  }

  @Override
  public boolean isOther() {
    return all.kind() == FileKind.OTHER;
  }

  @Override
  public long size() {
    return Math.max(0, all.size());
  }

  @Override
  public @Nullable Object fileKey() {
    return all.identity();
  }

  @Override
  public UserPrincipal owner() {
    return new Name(known(all.owner(), "owner"));
  }

  @Override
  public GroupPrincipal group() {
    return new Name(known(all.group(), "group"));
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    if (all.permissions() == FileAttributes.UNKNOWN) {
      throw new UnsupportedOperationException("the server does not report permissions");
    }
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission each : BITS) {
      if ((all.permissions() & bit(each)) != 0) {
        set.add(each);
      }
    }
    return set;
  }

  static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission each : permissions) {
      mode |= bit(each);
    }
    return mode;
  }

  private static int bit(PosixFilePermission permission) {
    return 1 << (BITS.size() - 1 - BITS.indexOf(permission));
  }

  private static FileTime time(@Nullable Instant instant) {
    return FileTime.from(Objects.requireNonNullElse(instant, Instant.EPOCH));
  }

  private static String known(@Nullable String name, String what) {
    if (name == null) {
      throw new UnsupportedOperationException("the server does not report the " + what);
    }
    return name;
  }

  /** A user or a group, by name or by number. */
  record Name(String name) implements GroupPrincipal {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
