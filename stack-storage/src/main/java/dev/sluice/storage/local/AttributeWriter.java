package dev.sluice.storage.local;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets attributes, after a check that all of them can be set. */
final class AttributeWriter {
  private static final int SPECIAL_BITS = 07000;

  private AttributeWriter() {}

  /**
   * Applies {@code change} to the object at {@code place}; the times last, since writing sets them.
   */
  static void apply(Place place, AttributeChange change) throws IOException {
    FileKind kind = LocalAttributes.kind(place.seen());
    PosixFileAttributeView posix = place.view(PosixFileAttributeView.class);
    check(change, kind, posix);
    Owners owners = Owners.of(place, change);
    if (change.size() != null) {
      resize(place, change.size());
    }
    if (posix != null) {
      owners.set(posix);
      if (change.permissions() != null) {
        posix.setPermissions(PermissionBits.toSet(change.permissions()));
      }
    }
    BasicFileAttributeView basic = place.view(BasicFileAttributeView.class);
    if (basic != null && (change.modified() != null || change.accessed() != null)) {
      basic.setTimes(time(change.modified()), time(change.accessed()), null);
    }
  }

  /** As {@link #apply}, for a symbolic link itself: only times can be set. */
  static void applyToLink(Place place, AttributeChange change) throws IOException {
    if (!place.seen().isSymbolicLink()) {
      apply(place, change);
      return;
    }
    if (change.created() != null
        || change.size() != null
        || change.permissions() != null
        || change.owner() != null
        || change.group() != null) {
      throw unsupported("more than the times of a link itself");
    }
    place.directory().setLinkTimes(place.name(), time(change.modified()), time(change.accessed()));
  }

  private static void check(
      AttributeChange change, FileKind kind, @Nullable PosixFileAttributeView posix)
      throws IOException {
    if (kind == FileKind.OTHER || kind == FileKind.SYMBOLIC_LINK) {
      throw new Refused(FileError.NOT_A_FILE, "attributes are set on files and directories");
    }
    if (change.size() != null && kind == FileKind.DIRECTORY) {
      throw new Refused(FileError.IS_A_DIRECTORY, "a directory has no size to set");
    }
    if (change.created() != null) {
      throw unsupported("the time of birth");
    }
    boolean needsPosix =
        change.permissions() != null || change.owner() != null || change.group() != null;
    if (needsPosix && posix == null) {
      throw unsupported("permissions and owners");
    }
    // Java sets these only by path, which the jail cannot allow; clients do not need them.
    if (change.permissions() != null && (change.permissions() & SPECIAL_BITS) != 0) {
      throw unsupported("set-user-id, set-group-id and sticky bits");
    }
  }

  /** The new owner of a file, looked up before anything changes; null = unchanged. */
  private record Owners(@Nullable UserPrincipal owner, @Nullable GroupPrincipal group) {
    static Owners of(Place place, AttributeChange change) throws IOException {
      if (change.owner() == null && change.group() == null) {
        return new Owners(null, null);
      }
      UserPrincipalLookupService names =
          place.directory().path().getFileSystem().getUserPrincipalLookupService();
      return new Owners(
          change.owner() == null ? null : names.lookupPrincipalByName(change.owner()),
          change.group() == null ? null : names.lookupPrincipalByGroupName(change.group()));
    }

    void set(PosixFileAttributeView posix) throws IOException {
      if (owner != null) {
        posix.setOwner(owner);
      }
      if (group != null) {
        posix.setGroup(group);
      }
    }
  }

  private static void resize(Place place, long size) throws IOException {
    Path name = place.name();
    try (FileChannel channel = place.directory().channel(name, Set.of(StandardOpenOption.WRITE))) {
      resize(channel, size);
    }
  }

  /** Cuts the file, or extends it with zeros. */
  static void resize(FileChannel channel, long size) throws IOException {
    if (size < channel.size()) {
      channel.truncate(size);
    } else if (size > channel.size()) {
      channel.write(ByteBuffer.allocate(1), size - 1);
    }
  }

  private static @Nullable FileTime time(java.time.@Nullable Instant instant) {
    return instant == null ? null : FileTime.from(instant);
  }

  private static Refused unsupported(String what) {
    return new Refused(FileError.UNSUPPORTED, "cannot set " + what + " here");
  }
}
