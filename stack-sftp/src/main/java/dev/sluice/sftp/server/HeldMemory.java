package dev.sluice.sftp.server;

import dev.sluice.transport.AnswerMemory;

/** What one session adds to the memory that all connections share. */
final class HeldMemory {
  private final AnswerMemory.Share share;
  private long counted;

  HeldMemory(AnswerMemory.Share share) {
    this.share = share;
  }

  /** The session holds so many octets now. */
  void count(long octets) {
    share.add(octets - counted);
    counted = octets;
  }

  /** Octets that it may hold in addition. */
  long room() {
    return share.room();
  }
}
