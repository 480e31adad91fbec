package dev.sluice.storage.local;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * The end of a path: an entry of an open directory, which may be missing, or the directory itself.
 * The receiver of a place closes it, and the directory with it.
 *
 * @param directory open
 * @param entry the name in it; null = the directory itself
 * @param look null = the walk has not looked at the entry
 */
record Place(Directory directory, @Nullable Path entry, @Nullable Look look)
    implements AutoCloseable {

  Place(Directory directory, @Nullable Path entry) {
    this(directory, entry, null);
  }

  /**
   * What a walk has found at its end.
   *
   * @param found null = nothing is there
   */
  record Look(@Nullable BasicFileAttributes found) {}

  /** The name of the entry; a change of the root itself is refused here. */
  Path name() throws IOException {
    if (entry == null) {
      throw new java.nio.file.AccessDeniedException("/");
    }
    return entry;
  }

  /** The attributes that the walk has read, otherwise the current ones; null = nothing is there. */
  @Nullable BasicFileAttributes seenIfThere() throws IOException {
    return look == null ? attributesIfThere() : look.found();
  }

  /** As above, for an entry that must exist. */
  BasicFileAttributes seen() throws IOException {
    if (look == null) {
      return attributes();
    }
    BasicFileAttributes found = look.found();
    if (found == null) {
      throw new NoSuchFileException(name().toString());
    }
    return found;
  }

  /** The current attributes; links are not followed. */
  BasicFileAttributes attributes() throws IOException {
    if (entry != null) {
      return directory.attributes(entry);
    }
    PosixFileAttributeView posix = view(PosixFileAttributeView.class);
    if (posix != null) {
      return posix.readAttributes();
    }
    BasicFileAttributeView basic = view(BasicFileAttributeView.class);
    if (basic == null) {
      throw new FileSystemException("/", null, "no attributes");
    }
    return basic.readAttributes();
  }

  /** The current attributes, or null if nothing is there. */
  @Nullable BasicFileAttributes attributesIfThere() throws IOException {
    try {
      return attributes();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  <V extends FileAttributeView> @Nullable V view(Class<V> type) {
    return directory.view(entry, type);
  }

  /** For operations that need a path. */
  Path path() {
    return entry == null ? directory.path() : directory.path().resolve(entry);
  }

  @Override
  public void close() {
    directory.close();
  }
}
