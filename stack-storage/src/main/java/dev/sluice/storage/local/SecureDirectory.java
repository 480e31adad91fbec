package dev.sluice.storage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A directory held by its descriptor: openat(2), fstatat(2), unlinkat(2), renameat(2). */
final class SecureDirectory implements Directory {
  private static final Path ITSELF = Path.of(".");

  private final Descriptor descriptor;
  private final SecureDirectoryStream<Path> stream;
  private final Path path;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** One use of {@code descriptor}, which ends when this is closed. */
  SecureDirectory(Descriptor descriptor, Path path) {
    this.descriptor = descriptor;
    this.stream = descriptor.stream();
    this.path = path;
  }

  SecureDirectoryStream<Path> stream() {
    return stream;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Directory open(Path name) throws IOException {
    return open(name, path.resolve(name));
  }

  @Override
  public Directory again() throws IOException {
    return open(ITSELF, path);
  }

  private Directory open(Path name, Path opened) throws IOException {
    return new SecureDirectory(
        Descriptor.of(stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)), opened);
  }

  @Override
  public BasicFileAttributes attributes(Path name) throws IOException {
    PosixFileAttributeView posix = view(name, PosixFileAttributeView.class);
    if (posix != null) {
      return posix.readAttributes();
    }
    BasicFileAttributeView basic = view(name, BasicFileAttributeView.class);
    if (basic == null) {
      throw new FileSystemException(name.toString(), null, "no attributes");
    }
    return basic.readAttributes();
  }

  @Override
  public <V extends FileAttributeView> @Nullable V view(@Nullable Path name, Class<V> type) {
    return name == null
        ? stream.getFileAttributeView(type)
        : stream.getFileAttributeView(name, type, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public FileChannel channel(
      Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Set<OpenOption> all = new HashSet<>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    SeekableByteChannel channel = stream.newByteChannel(name, all, attributes);
    if (channel instanceof FileChannel file) {
      return file;
    }
    channel.close();
    throw new FileSystemException(name.toString(), null, "not a file channel");
  }

  /** The identity of the directory. */
  @Nullable Object key() {
    return descriptor.key();
  }

  @Override
  public void setLinkTimes(Path name, @Nullable FileTime modified, @Nullable FileTime accessed)
      throws IOException {
    LinkTimes.set(this, name, modified, accessed);
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    stream.deleteFile(name);
  }

  @Override
  public void deleteDirectory(Path name) throws IOException {
    stream.deleteDirectory(name);
  }

  @Override
  public void move(Path name, Directory to, Path newName) throws IOException {
    if (!(to instanceof SecureDirectory other)) {
      throw new IllegalArgumentException("directories of two kinds");
    }
    stream.move(name, other.stream, newName);
  }

  @Override
  public Iterator<Path> names() {
    return stream.iterator();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      descriptor.release();
    }
  }
}
