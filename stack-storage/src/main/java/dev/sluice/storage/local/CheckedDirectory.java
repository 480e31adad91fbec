package dev.sluice.storage.local;

import dev.sluice.api.FileError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory on a system without descriptors for directories: every step first checks that the
 * path still contains no symbolic links. Between that check and the step, another process on the
 * machine may change the path; {@link SecureDirectory} has no such gap.
 */
final class CheckedDirectory implements Directory {
  private final Path path;
  private @Nullable DirectoryStream<Path> listing;

  /** The directory at {@code path}, which must be its real path. */
  CheckedDirectory(Path path) {
    this.path = path;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Directory open(Path name) throws IOException {
    CheckedDirectory child = new CheckedDirectory(path.resolve(name));
    if (!attributes(name).isDirectory()) {
      throw new NotDirectoryException(name.toString());
    }
    child.check();
    return child;
  }

  @Override
  public Directory again() {
    return new CheckedDirectory(path);
  }

  @Override
  public BasicFileAttributes attributes(Path name) throws IOException {
    Path entry = entry(name);
    PosixFileAttributeView posix =
        Files.getFileAttributeView(entry, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return posix != null
        ? posix.readAttributes()
        : Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V view(@Nullable Path name, Class<V> type) {
    Path entry = name == null ? path : path.resolve(name);
    // A POSIX view that must not follow links cannot change permissions by path on Linux.
    boolean link = Files.isSymbolicLink(entry) || type == BasicFileAttributeView.class;
    return link
        ? Files.getFileAttributeView(entry, type, LinkOption.NOFOLLOW_LINKS)
        : Files.getFileAttributeView(entry, type);
  }

  @Override
  public FileChannel channel(
      Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Set<OpenOption> all = new HashSet<>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(entry(name), all, attributes);
  }

  @Override
  public void setLinkTimes(Path name, @Nullable FileTime modified, @Nullable FileTime accessed)
      throws IOException {
    BasicFileAttributeView own = view(name, BasicFileAttributeView.class);
    if (own == null) {
      throw new Refused(FileError.UNSUPPORTED, "times of a link itself cannot be set here");
    }
    own.setTimes(modified, accessed, null);
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    Files.delete(entry(name));
  }

  @Override
  public void deleteDirectory(Path name) throws IOException {
    Files.delete(entry(name));
  }

  @Override
  public void move(Path name, Directory to, Path newName) throws IOException {
    if (!(to instanceof CheckedDirectory other)) {
      throw new IllegalArgumentException("directories of two kinds");
    }
    Files.move(entry(name), other.entry(newName), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // closed with this directory
  public Iterator<Path> names() {
    try {
      check();
      DirectoryStream<Path> opened = Files.newDirectoryStream(path);
      listing = opened;
      return opened.iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (listing != null) {
      Quietly.close(listing);
    }
  }

  private Path entry(Path name) throws IOException {
    check();
    return path.resolve(name);
  }

  private void check() throws IOException {
    if (!path.toRealPath().equals(path)) {
      throw new NoSuchFileException(path.toString());
    }
  }
}
