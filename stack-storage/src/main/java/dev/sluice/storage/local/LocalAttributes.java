package dev.sluice.storage.local;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import dev.sluice.api.login.Accounts;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of a file in one or two system calls.
 *
 * <p>The first call goes through the open directory and is trusted. Java reports the numbers of
 * owner and group, the special mode bits and the number of names only by path; the second call
 * counts only if it has reached the same object.
 */
final class LocalAttributes {
  private static final boolean UNIX_VIEW =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  private static final String BY_PATH = "unix:mode,nlink,uid,gid,fileKey";

  private final LinkTexts links;

  LocalAttributes(LinkTexts links) {
    this.links = links;
  }

  /** The attributes of {@code name} in {@code directory}; links are not followed. */
  FileAttributes read(Directory directory, Path name) throws IOException {
    return of(new Place(directory, name));
  }

  /** The attributes of the object at {@code place}; links are not followed. */
  FileAttributes of(Place place) throws IOException {
    return of(place, place.attributes());
  }

  /** As above, with {@code basic} already read. */
  FileAttributes of(Place place, BasicFileAttributes basic) {
    String target = basic.isSymbolicLink() ? links.shownIfInside(place) : null;
    Map<String, Object> unix = UNIX_VIEW ? unix(place, basic) : Map.of();
    PosixFileAttributes posix = basic instanceof PosixFileAttributes p ? p : null;
    return new FileAttributes(
        kind(basic),
        basic.size(),
        basic.lastModifiedTime().toInstant(),
        basic.lastAccessTime().toInstant(),
        birth(basic),
        permissions(posix, unix),
        posix == null ? null : owner(posix, unix),
        posix == null ? null : group(posix, unix),
        unix.get("nlink") instanceof Integer links ? links : FileAttributes.UNKNOWN,
        basic.fileKey() == null ? null : Identities.of(basic.fileKey()),
        target);
  }

  static FileKind kind(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return FileKind.FILE;
    }
    if (attributes.isDirectory()) {
      return FileKind.DIRECTORY;
    }
    return attributes.isSymbolicLink() ? FileKind.SYMBOLIC_LINK : FileKind.OTHER;
  }

  private static Map<String, Object> unix(Place place, BasicFileAttributes expected) {
    try {
      Map<String, Object> found =
          Files.readAttributes(place.path(), BY_PATH, LinkOption.NOFOLLOW_LINKS);
      Object key = found.get("fileKey");
      return key != null && key.equals(expected.fileKey()) ? found : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static int permissions(@Nullable PosixFileAttributes posix, Map<String, Object> unix) {
    if (unix.get("mode") instanceof Integer mode) {
      return mode & 07777;
    }
    return posix == null ? FileAttributes.UNKNOWN : PermissionBits.fromSet(posix.permissions());
  }

  private static String owner(PosixFileAttributes posix, Map<String, Object> unix) {
    return unix.get("uid") instanceof Integer uid
        ? Accounts.user(uid, () -> posix.owner().getName())
        : posix.owner().getName();
  }

  private static String group(PosixFileAttributes posix, Map<String, Object> unix) {
    return unix.get("gid") instanceof Integer gid
        ? Accounts.group(gid, () -> posix.group().getName())
        : posix.group().getName();
  }

  /**
   * If the creation time is unknown, Java returns the last change, so an equal time means nothing.
   */
  private static @Nullable Instant birth(BasicFileAttributes basic) {
    FileTime created = basic.creationTime();
    return created.equals(basic.lastModifiedTime()) ? null : created.toInstant();
  }
}
