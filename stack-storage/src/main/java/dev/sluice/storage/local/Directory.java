package dev.sluice.storage.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory. Its verbs take the name of one entry, relative to the directory that was
 * opened, whatever has become of its path since, and never follow a symbolic link.
 */
interface Directory extends Closeable {

  /**
   * Where it was when it was opened, without symbolic links. Good for reading the text of links and
   * for messages to nobody; not for reaching an entry.
   */
  Path path();

  /** The directory called {@code name}; the caller closes it. */
  Directory open(Path name) throws IOException;

  /** This directory opened once more, for {@link #names}; the caller closes it. */
  Directory again() throws IOException;

  /** The attributes of {@code name}, POSIX ones where the file system has them. */
  BasicFileAttributes attributes(Path name) throws IOException;

  /**
   * A view of the attributes of an entry; null where the file system has none such.
   *
   * @param name null for the directory itself
   */
  <V extends FileAttributeView> @Nullable V view(@Nullable Path name, Class<V> type);

  /** Opens a file; the options need not forbid links. */
  FileChannel channel(Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException;

  void deleteFile(Path name) throws IOException;

  void deleteDirectory(Path name) throws IOException;

  /** Renames in one step; replaces a file that has the name already. */
  void move(Path name, Directory to, Path newName) throws IOException;

  /** The names of the entries in no order. To be asked for once, by who opened it for that. */
  Iterator<Path> names();

  @Override
  void close();
}
