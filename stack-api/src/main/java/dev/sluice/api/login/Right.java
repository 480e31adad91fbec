package dev.sluice.api.login;

import java.util.EnumSet;
import java.util.Set;

/** What a user may be allowed to do with files. */
public enum Right {
  LIST,
  READ,
  /** Make a file under a name that is free. */
  CREATE,
  /** Replace or change the content of a file that is there. */
  OVERWRITE,
  APPEND,
  DELETE,
  RENAME,
  CREATE_DIRECTORY,
  DELETE_DIRECTORY,
  SET_ATTRIBUTES,
  LINK;

  public static final Set<Right> ALL = Set.copyOf(EnumSet.allOf(Right.class));

  public static final Set<Right> READ_ONLY = Set.of(LIST, READ);
}
