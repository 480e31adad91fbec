package dev.sluice.storage.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory. Its operations take the name of one entry, relative to the open directory,
 * even if its path has changed since. They never follow a symbolic link.
 */
interface Directory extends Closeable {

  /**
   * Its path when it was opened, without symbolic links. Use it to read the text of links and for
   * internal messages, never to reach an entry.
   */
  Path path();

  /** The directory called {@code name}; the caller closes it. */
  Directory open(Path name) throws IOException;

  /** The same directory opened once more, for {@link #names}; the caller closes it. */
  Directory again() throws IOException;

  /** The attributes of {@code name}; POSIX attributes if the file system has them. */
  BasicFileAttributes attributes(Path name) throws IOException;

  /**
   * A view of the attributes of an entry; null if the file system has no such view.
   *
   * @param name null for the directory itself
   */
  <V extends FileAttributeView> @Nullable V view(@Nullable Path name, Class<V> type);

  /** Opens a file; the options need not forbid links. */
  FileChannel channel(Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException;

  /**
   * Sets the times of a symbolic link itself.
   *
   * @param modified null = unchanged
   * @param accessed null = unchanged
   */
  void setLinkTimes(Path name, @Nullable FileTime modified, @Nullable FileTime accessed)
      throws IOException;

  void deleteFile(Path name) throws IOException;

  void deleteDirectory(Path name) throws IOException;

  /** Renames in one step; replaces a file that has the name already. */
  void move(Path name, Directory to, Path newName) throws IOException;

  /**
   * The names of the entries, in no particular order. Call this once, on a directory that was
   * opened for it.
   */
  Iterator<Path> names();

  @Override
  void close();
}
