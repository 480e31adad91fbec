package dev.sluice.storage.local;

import dev.sluice.api.FileError;
import dev.sluice.api.FileKind;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.OpenMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens files at a {@link Place}. Anything other than a file is refused before it is opened, since
 * opening a pipe waits for its other end. A local user who swaps a file for a pipe between the
 * check and the opening can make one I/O thread wait.
 */
final class LocalFiles {
  private static final FileAttribute<?>[] NO_ATTRIBUTES = {};
  private static final int OWNER_ONLY = 0600;

  private LocalFiles() {}

  /** Opens for {@code mode}; the handle owns the place, even if this fails. */
  static OpenFile open(Place place, OpenMode mode) throws IOException {
    return open(place, mode, null);
  }

  /**
   * As above.
   *
   * @param later the permissions that the file gets after it is written. Until then only its owner
   *     may read a new file, and an existing file has no permissions beyond these; null = none
   */
  static OpenFile open(Place place, OpenMode given, @Nullable Integer later) throws IOException {
    OpenMode mode = later == null ? given : given.withPermissions(later & OWNER_ONLY);
    try {
      WriteMode write = mode.write();
      BasicFileAttributes found = place.seenIfThere();
      if (write instanceof WriteMode.CreateNew && found != null && found.isSymbolicLink()) {
        throw new FileAlreadyExistsException(place.name().toString());
      }
      checkKind(found);
      if (write == null) {
        return reading(place, found);
      }
      if (write instanceof WriteMode.CreateNew created) {
        if (found != null) {
          throw new FileAlreadyExistsException(place.name().toString());
        }
        return created.atomic() ? aside(place, mode, true) : inPlace(place, mode, found);
      }
      if (write instanceof WriteMode.Replace replace && replace.atomic()) {
        return replacing(place, mode, found, later != null);
      }
      OpenFile file = inPlace(place, mode, found);
      if (later != null) {
        narrow(place, found, later);
      }
      return file;
    } catch (IOException | RuntimeException e) {
      place.close();
      throw e;
    }
  }

  private static OpenFile reading(Place place, @Nullable BasicFileAttributes found)
      throws IOException {
    if (found == null) {
      throw new NoSuchFileException(place.name().toString());
    }
    return OpenFile.reading(place, checked(place, EnumSet.of(StandardOpenOption.READ)), found);
  }

  private static OpenFile replacing(
      Place place, OpenMode mode, @Nullable BasicFileAttributes found, boolean modeFollows)
      throws IOException {
    if (found == null) {
      return aside(place, mode, false);
    }
    // A file that may not be written may not be replaced either, although its directory allows it.
    checked(place, EnumSet.of(StandardOpenOption.WRITE)).close();
    if (modeFollows || !(found instanceof PosixFileAttributes posix)) {
      return aside(place, mode, false);
    }
    // A process that opened the file while it was empty could read it later.
    int bits = PermissionBits.fromSet(posix.permissions());
    OpenFile file = aside(place, mode.withPermissions(bits & OWNER_ONLY), false);
    PosixFileAttributeView view = file.temporaryView();
    if (view != null) {
      Quietly.run(() -> view.setPermissions(posix.permissions()));
    }
    return file;
  }

  /** Removes from an existing file the permissions that it will not have. */
  private static void narrow(Place place, @Nullable BasicFileAttributes found, int later) {
    PosixFileAttributeView view = place.view(PosixFileAttributeView.class);
    if (view != null && found instanceof PosixFileAttributes posix) {
      int bits = PermissionBits.fromSet(posix.permissions());
      if ((bits & ~later) != 0) {
        Quietly.run(() -> view.setPermissions(PermissionBits.toSet(bits & later)));
      }
    }
  }

  private static OpenFile aside(Place place, OpenMode mode, boolean mustBeFree) throws IOException {
    place.name();
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (mode.read()) {
      options.add(StandardOpenOption.READ);
    }
    Path temporary = TemporaryNames.next();
    FileChannel channel = place.directory().channel(temporary, options, permissions(place, mode));
    Quietly.run(channel::tryLock); // shows that a running process will finish it; see Leftovers
    return OpenFile.aside(place, channel, temporary, mustBeFree);
  }

  private static OpenFile inPlace(Place place, OpenMode mode, @Nullable BasicFileAttributes found)
      throws IOException {
    Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.WRITE);
    if (mode.write() instanceof WriteMode.At at) {
      return at(place, mode, at.offset(), found);
    }
    boolean anew = mode.write() instanceof WriteMode.CreateNew;
    options.add(anew ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
    if (mode.write() instanceof WriteMode.Append) {
      options.add(StandardOpenOption.APPEND);
      FileChannel channel = checked(place, options, permissions(place, mode));
      // Java cannot open one channel both to read and to append.
      return OpenFile.appending(place, channel, mode.read() ? second(place, channel) : null);
    }
    if (!anew) {
      options.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    if (mode.read()) {
      options.add(StandardOpenOption.READ);
    }
    return OpenFile.inPlace(place, checked(place, options, permissions(place, mode)), 0L);
  }

  private static OpenFile at(
      Place place, OpenMode mode, long offset, @Nullable BasicFileAttributes found)
      throws IOException {
    if (found == null && offset > 0) {
      throw new NoSuchFileException(place.name().toString());
    }
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    if (mode.read()) {
      options.add(StandardOpenOption.READ);
    }
    FileChannel channel = checked(place, options, permissions(place, mode));
    long size = channel.size();
    if (offset > size) {
      channel.close();
      throw new Refused(FileError.OUT_OF_RANGE, "offset " + offset + " in a file of " + size);
    }
    return OpenFile.inPlace(place, channel, offset);
  }

  private static FileChannel second(Place place, FileChannel first) throws IOException {
    try {
      return checked(place, EnumSet.of(StandardOpenOption.READ));
    } catch (IOException e) {
      first.close();
      throw e;
    }
  }

  private static FileChannel checked(
      Place place, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    FileChannel channel = place.directory().channel(place.name(), options, attributes);
    try {
      channel.position(); // Pipes and terminals have no size.
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileAttribute<?>[] permissions(Place place, OpenMode mode) {
    Integer bits = mode.permissions();
    return bits == null || place.view(PosixFileAttributeView.class) == null
        ? NO_ATTRIBUTES
        : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PermissionBits.toSet(bits))};
  }

  private static void checkKind(@Nullable BasicFileAttributes found) throws IOException {
    if (found == null) {
      return;
    }
    FileKind kind = LocalAttributes.kind(found);
    if (kind == FileKind.DIRECTORY) {
      throw new Refused(FileError.IS_A_DIRECTORY, "a directory cannot be opened as a file");
    }
    if (kind != FileKind.FILE) {
      throw new Refused(FileError.NOT_A_FILE, "neither a file nor a directory");
    }
  }
}
