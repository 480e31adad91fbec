package dev.sluice.storage.local;

import dev.sluice.api.RemotePath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Resolves paths below a root directory and never leaves it.
 *
 * <p>A path is walked one element at a time. Each directory is opened relative to the one before,
 * without following links, so renaming or replacing during the walk cannot lead outside. A symbolic
 * link is read as text, and the text is walked by the same rules. A link that points outside reads
 * as missing, whether its target exists or not.
 */
final class Jail {
  /** Symbolic links followed in one walk; the limit of Linux. */
  static final int MAX_LINKS = 40;

  /** Elements looked at in one walk, links included. */
  static final int MAX_STEPS = 8192;

  private final Path root;
  private final @Nullable HeldDirectories held;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Jail(Path root, @Nullable HeldDirectories held) {
    this.root = root;
    this.held = held;
  }

  /**
   * A jail below {@code root}, which is trusted: it and its parents may be links.
   *
   * @param held null = without descriptors for directories
   */
  static Jail at(Path root, @Nullable HeldDirectories held) throws IOException {
    try {
      return open(root.toRealPath(), held);
    } catch (IOException e) {
      throw FileErrors.unreachable(root, e);
    }
  }

  private static Jail open(Path real, @Nullable HeldDirectories held) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(real)) {
      Jail jail = new Jail(real, stream instanceof SecureDirectoryStream ? held : null);
      if (jail.held != null) {
        jail.held.sessionOpened();
      }
      return jail;
    }
  }

  /** The jail is no longer in use. */
  void close() {
    if (held != null && closed.compareAndSet(false, true)) {
      held.sessionClosed();
    }
  }

  /**
   * The root directory; the caller closes it.
   *
   * @throws dev.sluice.api.StorageUnavailable if it no longer exists or cannot be read
   */
  Directory openRoot() throws IOException {
    try {
      if (held != null) {
        return held.root(root);
      }
      if (!Files.readAttributes(root, BasicFileAttributes.class).isDirectory()) {
        throw new NotDirectoryException(root.toString());
      }
      return new CheckedDirectory(root);
    } catch (IOException e) {
      throw FileErrors.unreachable(root, e);
    }
  }

  /** The place of {@code path}; a link at its end is not followed. */
  Place find(RemotePath path) throws IOException {
    return walk(path, false);
  }

  /**
   * As {@link #find}; in the open directory of {@code from}'s place if both are in one directory.
   */
  Place findBeside(Place place, RemotePath from, RemotePath path) throws IOException {
    String name = path.name();
    boolean beside =
        place.entry() != null
            && place.entry().toString().equals(LocalNames.toPath(from.name()).toString())
            && path.parent().equals(from.parent())
            && !isSpecial(name);
    return beside ? new Place(place.directory(), LocalNames.toPath(name)) : find(path);
  }

  /** Whether a name cannot be the name of an entry. */
  private static boolean isSpecial(String name) {
    return name.isEmpty() || name.equals(".") || name.equals("..") || TemporaryNames.matches(name);
  }

  /** The place of {@code path}; a link at its end is followed. */
  Place follow(RemotePath path) throws IOException {
    return walk(path, true);
  }

  /** The directory at {@code path}; links are followed. It belongs to the caller, who closes it. */
  Directory directory(RemotePath path) throws IOException {
    try (Place place = walk(path, true)) {
      Path entry = place.entry();
      if (entry == null) {
        return place.directory().again();
      }
      // Opening something other than a directory could block for ever, so this checks first.
      if (!place.seen().isDirectory()) {
        throw new NotDirectoryException(entry.toString());
      }
      return place.directory().open(entry);
    }
  }

  /** How many directories are between the root and {@code directory}. */
  int depth(Directory directory) {
    return directory.path().getNameCount() - root.getNameCount();
  }

  /**
   * {@code target} relative to the root of the jail; null if it is not written as a path below it.
   */
  @Nullable Path insideRoot(Path target) {
    if (!target.startsWith(root)) {
      return null;
    }
    int depth = root.getNameCount();
    return target.getNameCount() == depth
        ? Path.of("")
        : target.subpath(depth, target.getNameCount());
  }

  /** The place on the disk of an absolute path inside the jail. */
  Path onDisk(RemotePath absolute) {
    Path path = root;
    for (String name : absolute.names()) {
      path = path.resolve(LocalNames.toPath(name));
    }
    return path;
  }

  private Place walk(RemotePath path, boolean followLast) throws IOException {
    Deque<Path> pending = new ArrayDeque<>();
    for (String name : path.names()) {
      pending.add(LocalNames.toPath(name));
    }
    Walk walk = new Walk(openRoot(), pending);
    try {
      return walk.run(followLast);
    } catch (IOException | RuntimeException e) {
      walk.here.close();
      throw e;
    }
  }

  private final class Walk {
    private Directory here;
    private Deque<Path> pending;
    private int links;
    private int steps;

    Walk(Directory start, Deque<Path> pending) {
      this.here = start;
      this.pending = pending;
    }

    Place run(boolean followLast) throws IOException {
      while (true) {
        Path name = pending.poll();
        if (name == null) {
          return new Place(here, null);
        }
        if (++steps > MAX_STEPS) {
          throw new FileSystemLoopException(name.toString());
        }
        boolean last = pending.isEmpty();
        if (name.toString().equals("..")) {
          up();
        } else if (!name.toString().isEmpty() && !name.toString().equals(".")) {
          if (TemporaryNames.matches(name.toString())) {
            throw missing(name);
          }
          if (last && !followLast) {
            return new Place(here, name);
          }
          Place end = step(name, last);
          if (end != null) {
            return end;
          }
        }
      }
    }

    /** Takes one element; returns the place where the walk ends, or null if it continues. */
    private @Nullable Place step(Path name, boolean last) throws IOException {
      BasicFileAttributes found;
      try {
        found = here.attributes(name);
      } catch (NoSuchFileException e) {
        if (last) {
          return new Place(here, name, new Place.Look(null));
        }
        throw e;
      }
      if (found.isSymbolicLink()) {
        enterLink(name);
        return null;
      }
      if (last) {
        return new Place(here, name, new Place.Look(found));
      }
      if (!found.isDirectory()) {
        throw new NotDirectoryException(name.toString());
      }
      replaceHere(enter(name, found));
      return null;
    }

    private Directory enter(Path name, BasicFileAttributes found) throws IOException {
      return held != null && here instanceof SecureDirectory parent
          ? held.child(parent, name, found)
          : here.open(name);
    }

    private void enterLink(Path name) throws IOException {
      if (++links > MAX_LINKS) {
        throw new FileSystemLoopException(name.toString());
      }
      Path target = Files.readSymbolicLink(here.path().resolve(name));
      if (target.isAbsolute()) {
        Path inside = insideRoot(target);
        if (inside == null) {
          throw missing(name);
        }
        restart(inside);
      } else {
        prepend(target);
      }
    }

    /** Goes to the parent: from the root down again, since a directory may have been moved. */
    private void up() throws IOException {
      if (depth(here) == 0) {
        throw missing(here.path());
      }
      Path parent = here.path().getParent();
      restart(parent == null ? root : root.relativize(parent));
    }

    private void restart(Path fromRoot) throws IOException {
      prepend(fromRoot);
      replaceHere(openRoot());
    }

    private void prepend(Path elements) {
      Deque<Path> longer = new ArrayDeque<>();
      for (Iterator<Path> it = elements.iterator(); it.hasNext(); ) {
        longer.add(it.next());
      }
      longer.addAll(pending);
      pending = longer;
    }

    private void replaceHere(Directory next) {
      here.close();
      here = next;
    }
  }

  private static NoSuchFileException missing(Path name) {
    return new NoSuchFileException(name.toString());
  }
}
