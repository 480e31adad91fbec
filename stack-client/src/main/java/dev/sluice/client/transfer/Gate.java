package dev.sluice.client.transfer;

import reactor.core.publisher.Flux;

/**
 * Lets files of a tree move while there is room. Small files take less room than others: over
 * distance their time is that of round trips, not of octets.
 */
final class Gate {
  /** Room that a file takes, unless it is small. */
  private static final int WHOLE = 4;

  /** Octets of the largest file that counts as small. */
  private static final long SMALL = 64 * 1024;

  private static final int MOST = 1 << 16;

  private final int room;
  private final int least;
  private final Turns turns;

  private Gate(int room, int least) {
    this.room = room;
    this.least = least;
    this.turns = new Turns(room);
  }

  /** Room for so many files, or four times as many small ones. One file means one of any size. */
  static Gate of(int files) {
    return new Gate(files == 1 ? WHOLE : (int) Math.min((long) files * WHOLE, MOST), 1);
  }

  /** Room for so many files, however small. */
  static Gate exactly(int files) {
    return new Gate((int) Math.min((long) files * WHOLE, MOST), WHOLE);
  }

  /** How many pieces of work can be under way. */
  int most() {
    return room == WHOLE ? 1 : room;
  }

  /** Runs {@code work} when there is room for a file of so many octets; -1 = unknown. */
  <T> Flux<T> pass(long octets, Flux<T> work) {
    return turns.pass(octets >= 0 && octets <= SMALL ? least : WHOLE, work);
  }
}
