package dev.sluice.storage.decorate;

import dev.sluice.api.WriteMode;

/** A file that is being written: its growth is taken from the quota before the write. */
final class Growth {
  private final Ledger ledger;
  private final boolean appends;
  private long position;
  private long reached;

  private Growth(Ledger ledger, long before, long position, boolean appends) {
    this.ledger = ledger;
    this.reached = before;
    this.position = position;
    this.appends = appends;
  }

  /** A file of {@code before} octets that is about to be written in {@code mode}. */
  static Growth of(Ledger ledger, long before, WriteMode mode) {
    if (mode instanceof WriteMode.Append) {
      return new Growth(ledger, before, before, true);
    }
    return new Growth(ledger, before, mode instanceof WriteMode.At at ? at.offset() : 0, false);
  }

  /** {@code octets} more octets follow the last write. */
  synchronized void next(long octets) {
    reach(position + octets);
    position += octets;
  }

  /** {@code octets} octets are written at {@code at}. */
  synchronized void write(long at, long octets) {
    if (appends) {
      next(octets);
    } else {
      reach(at + octets);
    }
  }

  /** The file will be at least {@code size} octets long. */
  synchronized void reach(long size) {
    if (size > reached) {
      ledger.take(size - reached);
      reached = size;
    }
  }

  /** The file has ended up {@code size} octets long. */
  synchronized void settle(long size) {
    ledger.correct(size - reached);
    reached = size;
  }
}
