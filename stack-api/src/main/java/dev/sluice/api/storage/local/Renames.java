package dev.sluice.api.storage.local;

import dev.sluice.api.error.FileError;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.BasicFileAttributes;

/** Names what rename(2) would refuse, which Java tells only as text in the machine's language. */
final class Renames {
  private Renames() {}

  static void check(Place from, Place to) throws IOException {
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
