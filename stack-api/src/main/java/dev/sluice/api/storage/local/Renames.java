package dev.sluice.api.storage.local;

import dev.sluice.api.error.FileError;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.BasicFileAttributes;

/** The two ways to give an entry another name: rename(2), and one that replaces nothing. */
final class Renames {
  private Renames() {}

  /** Replaces a file that has the name. */
  static void replacing(Place from, Place to) throws IOException {
    check(from, to);
    move(from, to);
  }

  /**
   * Takes a name that is free. What is not a directory claims it first, so that of two who want it
   * one gets it. A directory cannot be claimed for; but rename(2) puts one in the place of nothing
   * but an empty directory.
   */
  static void toFree(Place from, Place to) throws IOException {
    BasicFileAttributes source = from.attributes();
    from.name();
    Staging.checkFree(to);
    if (source.isDirectory()) {
      replacing(from, to);
      return;
    }
    Staging.claim(to);
    try {
      move(from, to);
    } catch (IOException | RuntimeException e) {
      Quietly.run(() -> to.directory().deleteFile(to.name()));
      throw e;
    }
  }

  private static void move(Place from, Place to) throws IOException {
    from.directory().move(from.name(), to.directory(), to.name());
  }

  /** Names what rename(2) would refuse, which Java tells only as text in the machine's language. */
  private static void check(Place from, Place to) throws IOException {
    BasicFileAttributes source = from.attributes();
    BasicFileAttributes target = to.attributesIfThere();
    from.name();
    to.name();
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
