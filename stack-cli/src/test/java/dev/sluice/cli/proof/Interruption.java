package dev.sluice.cli.proof;

/** What cuts a copy. */
enum Interruption {
  /** The process is killed; nothing of it can tidy up. */
  KILL(false),
  /** A person presses Ctrl-C. */
  INT(false),
  /** Connections are dropped on the way. */
  CUT(true),
  /** The server is killed and started again. */
  RESTART(true);

  private final boolean network;

  Interruption(boolean network) {
    this.network = network;
  }

  /** Whether it takes a server. */
  boolean needsServer() {
    return network;
  }
}
