package dev.sluice.api;

/** The kind of object that a name in a directory stands for. */
public enum FileKind {
  FILE,
  DIRECTORY,
  SYMBOLIC_LINK,
  /** A device, a socket, a pipe: listed, never opened. */
  OTHER
}
