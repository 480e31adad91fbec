package dev.sluice.storage.decorate;

import dev.sluice.api.WriteMode;
import dev.sluice.storage.decorate.Ledger.Content;

/** A file that is being written: its growth is taken from the quota before the write. */
final class Growth {
  private final Ledger ledger;
  private final boolean appends;
  private long position;
  private long reached;
  private long files;

  private Growth(Ledger ledger, Content before, long position, boolean appends) {
    this.ledger = ledger;
    this.reached = before.octets();
    this.files = before.files();
    this.position = position;
    this.appends = appends;
  }

  /** A file of {@code before} that is about to be written in {@code mode}. Reserves its place. */
  static Growth of(Ledger ledger, Content before, WriteMode mode) {
    Growth growth;
    if (mode instanceof WriteMode.Append) {
      growth = new Growth(ledger, before, before.octets(), true);
    } else {
      long first = mode instanceof WriteMode.At at ? at.offset() : 0;
      growth = new Growth(ledger, before, first, false);
    }
    growth.begin();
    return growth;
  }

  private synchronized void begin() {
    if (files == 0) {
      ledger.takeFile();
      files = 1;
    }
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

  /** This is what there is in the end. */
  synchronized void settle(Content now) {
    ledger.correct(now.octets() - reached, now.files() - files);
    reached = now.octets();
    files = now.files();
  }
}
