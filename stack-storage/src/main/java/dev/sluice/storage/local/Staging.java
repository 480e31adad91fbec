package dev.sluice.storage.local;

import dev.sluice.api.FileError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates directories and links, which Java can create only by path, without trusting the path:
 * under a temporary name in the root, which is trusted, then moved to their place by renameat(2).
 *
 * <p>If the place is on another file system, or the root accepts no new names, the object is
 * created next to its place. It is removed again unless it then appears in the open directory.
 */
final class Staging {
  private final Jail jail;

  Staging(Jail jail) {
    this.jail = jail;
  }

  /** Makes a directory at {@code place}, which must be free. */
  void directory(Place place) throws IOException {
    checkFree(place);
    make(place, Files::createDirectory, null, false);
  }

  /** Makes a symbolic link at {@code place}, which must be free. */
  void symbolicLink(Place place, Path target) throws IOException {
    checkFree(place);
    make(place, path -> Files.createSymbolicLink(path, target), null, true);
  }

  /** Creates a second name for {@code existing} at {@code place}, which must be free. */
  void hardLink(Place place, Place existing) throws IOException {
    checkFree(place);
    Object key = existing.attributes().fileKey();
    Path source = existing.path();
    make(place, path -> Files.createLink(path, source), key, true);
  }

  /**
   * Takes the free name of {@code place} with an empty file, which a move may then replace. If two
   * callers want the name, one gets it and the other gets an error.
   */
  static void claim(Place place) throws IOException {
    place
        .directory()
        .channel(place.name(), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
        .close();
  }

  /** Refuses a name that is taken. */
  static void checkFree(Place place) throws IOException {
    Path name = place.entry();
    if (name == null || place.attributesIfThere() != null) {
      throw new FileAlreadyExistsException(Objects.toString(name, "/"));
    }
  }

  private void make(Place place, Maker maker, @Nullable Object key, boolean claim)
      throws IOException {
    try (Directory root = jail.openRoot()) {
      makeIn(root, place, maker, key, claim);
      return;
    } catch (AccessDeniedException | AtomicMoveNotSupportedException e) {
      // Below: next to its place.
    } catch (FileSystemException e) {
      if (e instanceof FileAlreadyExistsException || !isOfRoot(e)) {
        throw e;
      }
    }
    makeIn(place.directory(), place, maker, key, claim);
  }

  private static boolean isOfRoot(FileSystemException e) {
    String reason = e.getReason();
    return reason != null
        && (reason.contains("Read-only file system") || reason.contains("cross-device link"));
  }

  private static void makeIn(
      Directory stage, Place place, Maker maker, @Nullable Object key, boolean claim)
      throws IOException {
    Path temporary = TemporaryNames.next();
    Path path = stage.path().resolve(temporary);
    maker.make(path);
    boolean claimed = false;
    try {
      verify(stage, temporary, path, key);
      if (claim) {
        claim(place);
        claimed = true;
      }
      stage.move(temporary, place.directory(), place.name());
    } catch (IOException | RuntimeException e) {
      Quietly.run(() -> Files.deleteIfExists(path));
      if (claimed) {
        Quietly.run(() -> place.directory().deleteFile(place.name()));
      }
      throw e;
    }
  }

  /** Whether the open directory contains the new object, and whether it is the requested one. */
  private static void verify(Directory stage, Path name, Path path, @Nullable Object key)
      throws IOException {
    Object made = stage.attributes(name).fileKey();
    Object byPath =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    if (!Objects.equals(made, byPath) || (key != null && !key.equals(made))) {
      throw new Refused(FileError.BUSY, "the directory was moved meanwhile");
    }
  }

  private interface Maker {
    void make(Path path) throws IOException;
  }
}
