package dev.sluice.client.nio;

import dev.sluice.api.FileEntry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A directory that was listed as a whole, so that other verbs may be used meanwhile. */
final class ServerDirectory implements DirectoryStream<Path> {
  private final List<Path> paths;
  private final Filter<? super Path> filter;
  private boolean taken;
  private boolean closed;

  private ServerDirectory(List<Path> paths, Filter<? super Path> filter) {
    this.paths = paths;
    this.filter = filter;
  }

  static DirectoryStream<Path> of(ServerPath directory, Filter<? super Path> filter)
      throws IOException {
    var session = directory.getFileSystem().session();
    if (!session.stat(directory.remote()).attributes().isDirectory()) {
      throw new NotDirectoryException(directory.toString());
    }
    List<FileEntry> entries = session.list(directory.remote());
    List<Path> paths = entries.stream().map(entry -> child(directory, entry)).toList();
    return new ServerDirectory(paths, filter);
  }

  private static Path child(ServerPath directory, FileEntry entry) {
    return directory.resolve(
        new ServerPath(directory.getFileSystem(), List.of(entry.name()), false));
  }

  @Override
  public Iterator<Path> iterator() {
    if (taken || closed) {
      throw new IllegalStateException("a directory is iterated once, and before it is closed");
    }
    taken = true;
    return new Filtered(paths.iterator());
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class Filtered implements Iterator<Path> {
    private final Iterator<Path> all;
    private @Nullable Path next;

    Filtered(Iterator<Path> all) {
      this.all = all;
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null && !closed && all.hasNext()) {
          Path candidate = all.next();
          next = filter.accept(candidate) ? candidate : null;
        }
        return next != null;
      } catch (IOException e) {
        throw new DirectoryIteratorException(e);
      }
    }

    @Override
    public Path next() {
      Path found = hasNext() ? next : null;
      if (found == null) {
        throw new NoSuchElementException();
      }
      next = null;
      return found;
    }
  }
}
