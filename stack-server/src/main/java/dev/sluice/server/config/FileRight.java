package dev.sluice.server.config;

import dev.sluice.api.login.Right;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A word for rights in the document; {@code write} and {@code all} stand for several. */
public enum FileRight {
  /** See what is in a directory. */
  LIST,
  /** Read files. */
  READ,
  /** Create, overwrite and append. */
  WRITE,
  /** Create a file under a free name. */
  CREATE,
  /** Replace or change the content of an existing file. */
  OVERWRITE,
  /** Append to a file. */
  APPEND,
  /** Delete files. */
  DELETE,
  /** Rename files and directories. */
  RENAME,
  /** Make directories. */
  MKDIR,
  /** Delete directories. */
  RMDIR,
  /** Change times, owners and permissions. */
  CHMOD,
  /** Make links. */
  LINKS,
  /** Everything. */
  ALL;

  /** What it stands for. */
  public Set<Right> rights() {
    return switch (this) {
      case LIST -> Set.of(Right.LIST);
      case READ -> Set.of(Right.READ);
      case WRITE -> Set.of(Right.CREATE, Right.OVERWRITE, Right.APPEND);
      case CREATE -> Set.of(Right.CREATE);
      case OVERWRITE -> Set.of(Right.OVERWRITE);
      case APPEND -> Set.of(Right.APPEND);
      case DELETE -> Set.of(Right.DELETE);
      case RENAME -> Set.of(Right.RENAME);
      case MKDIR -> Set.of(Right.CREATE_DIRECTORY);
      case RMDIR -> Set.of(Right.DELETE_DIRECTORY);
      case CHMOD -> Set.of(Right.SET_ATTRIBUTES);
      case LINKS -> Set.of(Right.LINK);
      case ALL -> Right.ALL;
    };
  }

  /** All that {@code words} stand for. */
  public static Set<Right> of(Iterable<FileRight> words) {
    Set<Right> set = EnumSet.noneOf(Right.class);
    words.forEach(word -> set.addAll(word.rights()));
    return Set.copyOf(set);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
