package dev.sluice.storage.local;

import dev.sluice.api.FileError;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The two ways to give an entry another name: rename(2), and one that replaces nothing. */
final class Renames {
  private Renames() {}

  /** Replaces a file that has the name. */
  static void replacing(Place from, Place to) throws IOException {
    Path name = from.name();
    Path newName = to.name();
    try {
      from.directory().move(name, to.directory(), newName);
    } catch (IOException e) {
      explain(from, to);
      throw e;
    }
  }

  /**
   * Takes a free name. Everything except a directory claims the name first, so if two callers want
   * it only one gets it. A name cannot be claimed for a directory, but rename(2) lets a directory
   * replace only an empty directory.
   */
  static void toFree(Place from, Place to) throws IOException {
    BasicFileAttributes source = from.attributes();
    from.name();
    if (source.isDirectory() || to.entry() == null) {
      Staging.checkFree(to);
      replacing(from, to);
      return;
    }
    claimed(from, to);
  }

  /** Claims a name first, then gives it to a file. */
  static void claimed(Place from, Place to) throws IOException {
    Staging.claim(to);
    try {
      replacing(from, to);
    } catch (IOException | RuntimeException e) {
      Quietly.run(() -> to.directory().deleteFile(to.name()));
      throw e;
    }
  }

  /**
   * Finds the reason for a refusal by rename(2), which Java reports only as text in the machine's
   * language. Runs only after a refusal, since most renames succeed.
   */
  private static void explain(Place from, Place to) throws IOException {
    BasicFileAttributes source = from.attributes();
    BasicFileAttributes target = to.attributesIfThere();
    if (target == null) {
      return;
    }
    if (target.isDirectory() && !source.isDirectory()) {
      throw new Refused(FileError.IS_A_DIRECTORY, "a directory has the new name");
    }
    if (source.isDirectory() && !target.isDirectory()) {
      throw new NotDirectoryException(to.name().toString());
    }
  }
}
