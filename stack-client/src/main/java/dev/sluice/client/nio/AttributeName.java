package dev.sluice.client.nio;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Attributes that are asked for by name. */
enum AttributeName {
  LAST_MODIFIED_TIME("lastModifiedTime", false),
  LAST_ACCESS_TIME("lastAccessTime", false),
  CREATION_TIME("creationTime", false),
  SIZE("size", false),
  IS_REGULAR_FILE("isRegularFile", false),
  IS_DIRECTORY("isDirectory", false),
  IS_SYMBOLIC_LINK("isSymbolicLink", false),
  IS_OTHER("isOther", false),
  PERMISSIONS("permissions", true),
  OWNER("owner", true),
  GROUP("group", true);

  private final String key;
  private final boolean posix;

  AttributeName(String key, boolean posix) {
    this.key = key;
    this.posix = posix;
  }

  static Stream<AttributeName> all(String view) {
    return Arrays.stream(values()).filter(each -> !each.posix || view.equals("posix"));
  }

  static AttributeName of(String view, String key) {
    return all(view)
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(view + " has no attribute " + key));
  }

  void put(PosixFileAttributes attributes, Map<String, Object> into) {
    into.put(key, value(attributes));
  }

  private Object value(PosixFileAttributes of) {
    return switch (this) {
      case LAST_MODIFIED_TIME -> of.lastModifiedTime();
      case LAST_ACCESS_TIME -> of.lastAccessTime();
      case CREATION_TIME -> of.creationTime();
      case SIZE -> of.size();
      case IS_REGULAR_FILE -> of.isRegularFile();
      case IS_DIRECTORY -> of.isDirectory();
      case IS_SYMBOLIC_LINK -> of.isSymbolicLink();
      case IS_OTHER -> of.isOther();
      case PERMISSIONS -> of.permissions();
      case OWNER -> of.owner();
      case GROUP -> of.group();
    };
  }

  void set(ServerAttributeView view, Object to) throws IOException {
    switch (this) {
      case LAST_MODIFIED_TIME -> view.setTimes((FileTime) to, null, null);
      case LAST_ACCESS_TIME -> view.setTimes(null, (FileTime) to, null);
      case CREATION_TIME -> view.setTimes(null, null, (FileTime) to);
      case PERMISSIONS -> view.setPermissions(permissions(to));
      case OWNER -> view.setOwner((UserPrincipal) to);
      case GROUP -> view.setGroup((GroupPrincipal) to);
      default -> throw new IllegalArgumentException(key + " cannot be set");
    }
  }

  static Set<PosixFilePermission> permissions(Object value) {
    return ((Set<?>) value)
        .stream().map(PosixFilePermission.class::cast).collect(Collectors.toSet());
  }
}
