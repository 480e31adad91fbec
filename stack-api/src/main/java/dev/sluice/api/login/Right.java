package dev.sluice.api.login;

import java.util.EnumSet;
import java.util.Set;

/** What a user may be allowed to do with files. */
public enum Right {
  LIST,
  READ,
  /** Create a file under a free name. */
  CREATE,
  /** Replace or change the content of an existing file. */
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
