package dev.sluice.api;

/**
 * What a tree of files can do beyond the verbs that every tree has.
 *
 * <p>A verb that needs an absent capability signals {@link dev.sluice.api.FileError#UNSUPPORTED}.
 */
public enum Capability {
  /** {@link FileOperations#read} starts at any offset without reading the octets before it. */
  RANDOM_READ,
  /** {@link WriteMode.At} with an offset other than 0. */
  RANDOM_WRITE,
  /** {@link WriteMode.Append}. */
  APPEND,
  /** A replaced file shows its old content until the new one is complete. */
  ATOMIC_REPLACE,
  /** Several transfers at once in one session; without it callers queue. */
  PARALLEL_TRANSFERS,
  /** {@link FileOperations#readLink} and {@link FileOperations#createSymbolicLink}. */
  SYMBOLIC_LINKS,
  /** {@link FileOperations#createHardLink}. */
  HARD_LINKS,
  /** {@link FileOperations#checksum}. */
  CHECKSUM,
  /** {@link FileOperations#copy} without the bytes passing through the caller. */
  COPY,
  /** {@link FileOperations#space}. */
  SPACE,
  /** {@link AttributeChange#modified()} can be set. */
  SET_MODIFIED,
  /** {@link AttributeChange#created()} can be set. */
  SET_CREATED,
  /** {@link AttributeChange#permissions()} can be set. */
  SET_PERMISSIONS,
  /** {@link AttributeChange#owner()} and {@link AttributeChange#group()} can be set. */
  SET_OWNER,
  /** {@link AttributeChange#size()} can be set: truncate and extend. */
  SET_SIZE,
  /** Names that are not UTF-8 are stored and listed octet for octet. */
  RAW_NAMES
}
