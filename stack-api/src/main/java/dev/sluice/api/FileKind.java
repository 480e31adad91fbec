package dev.sluice.api;

/** What a name in a directory stands for. */
public enum FileKind {
  FILE,
  DIRECTORY,
  SYMBOLIC_LINK,
  /** A device, a socket, a pipe: seen, never opened. */
  OTHER
}
