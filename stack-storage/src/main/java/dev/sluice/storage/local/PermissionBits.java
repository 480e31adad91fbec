package dev.sluice.storage.local;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The nine permission bits of a mode and Java's set of them. */
final class PermissionBits {
  /** From octal 400 down to 1. */
  private static final List<PosixFilePermission> BY_WEIGHT =
      List.of(
          OWNER_READ,
          OWNER_WRITE,
          OWNER_EXECUTE,
          GROUP_READ,
          GROUP_WRITE,
          GROUP_EXECUTE,
          OTHERS_READ,
          OTHERS_WRITE,
          OTHERS_EXECUTE);

  private PermissionBits() {}

  static Set<PosixFilePermission> toSet(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BY_WEIGHT.size(); i++) {
      if ((mode & (0400 >> i)) != 0) {
        permissions.add(BY_WEIGHT.get(i));
      }
    }
    return permissions;
  }

  static int fromSet(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (int i = 0; i < BY_WEIGHT.size(); i++) {
      if (permissions.contains(BY_WEIGHT.get(i))) {
        mode |= 0400 >> i;
      }
    }
    return mode;
  }
}
