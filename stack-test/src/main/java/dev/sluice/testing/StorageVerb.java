package dev.sluice.testing;

/** What a server asks of its storage; {@link TestServers#fail} names the one to fail. */
public enum StorageVerb {
  /** Attributes of a name, a symbolic link followed or not. */
  STAT,
  LIST,
  /** Before the first octet of a file is read or written. */
  OPEN,
  /** A piece of an open file; a file has as many calls as pieces. */
  READ,
  /** As {@link #READ}. */
  WRITE,
  /** A written file gets its name. */
  COMMIT,
  CREATE_DIRECTORY,
  DELETE_FILE,
  DELETE_DIRECTORY,
  RENAME,
  /** Times, permissions and sizes, of a name or of an open file. */
  SET_ATTRIBUTES,
  /** Symbolic links are read or made, and hard links made. */
  LINK,
  CHECKSUM,
  COPY
}
