package dev.sluice.sftp.server;

import dev.sluice.transport.AnswerMemory;

/** What one session adds to the memory that all connections share. */
final class HeldMemory {
  private final AnswerMemory.Share share;
  private long counted;

  HeldMemory(AnswerMemory.Share share) {
    this.share = share;
  }

  /** The session now holds this many octets. */
  void count(long octets) {
    share.add(octets - counted);
    counted = octets;
  }

  /** How many more octets it may hold. */
  long room() {
    return share.room();
  }
}
