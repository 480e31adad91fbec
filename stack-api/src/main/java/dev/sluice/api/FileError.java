package dev.sluice.api;

/**
 * Why a file, a directory or a name refused. Each protocol maps these to its codes in one class.
 */
public enum FileError {
  NOT_FOUND,
  NOT_A_DIRECTORY,
  IS_A_DIRECTORY,
  /** Neither a file nor a directory: a device, a socket, a pipe. */
  NOT_A_FILE,
  ALREADY_EXISTS,
  DIRECTORY_NOT_EMPTY,
  PERMISSION_DENIED,
  /** The tree, or this part of it, cannot be changed. */
  READ_ONLY,
  /** The name contains characters that this tree cannot store, or is too long for it. */
  INVALID_NAME,
  /** An offset beyond the end of the file. */
  OUT_OF_RANGE,
  NO_SPACE,
  QUOTA_EXCEEDED,
  /** In use; the same request may work later. */
  BUSY,
  /**
   * The tree refuses what {@code WriteMode.replace()} needs, a temporary name or the rename of the
   * complete file. {@code WriteMode.inPlace()} writes under the final name.
   */
  NOT_ATOMIC,
  /** The tree does not offer this at all. */
  UNSUPPORTED,
  /** The transfer was cut before its end. */
  INTERRUPTED,
  /** Too many symbolic links in the path, most likely a loop. */
  LINK_LOOP,
  /** The device below failed. */
  IO_ERROR
}
