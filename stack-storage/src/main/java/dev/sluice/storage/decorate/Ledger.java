package dev.sluice.storage.decorate;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import java.util.concurrent.atomic.AtomicLong;

/** How much of a quota is used. */
final class Ledger {
  private final Content max;
  private final AtomicLong octets;
  private final AtomicLong files;

  /**
   * What is stored under a name, or in a tree.
   *
   * @param files regular files
   */
  record Content(long octets, long files) {
    static final Content NONE = new Content(0, 0);

    Content plus(Content other) {
      return new Content(octets + other.octets, files + other.files);
    }
  }

  Ledger(Content max, Content used) {
    this.max = max;
    this.octets = new AtomicLong(used.octets());
    this.files = new AtomicLong(used.files());
  }

  long max() {
    return max.octets();
  }

  long left() {
    return Math.max(0, max.octets() - octets.get());
  }

  /** Reserves octets. */
  void take(long more) {
    take(octets, max.octets(), more, "octets");
  }

  /** Reserves the place of a file. */
  void takeFile() {
    take(files, max.files(), 1, "files");
  }

  private static void take(AtomicLong used, long max, long more, String what) {
    long before = used.get();
    while (more <= max - before) {
      if (used.compareAndSet(before, before + more)) {
        return;
      }
      before = used.get();
    }
    throw new FileFailure(
        FileError.QUOTA_EXCEEDED,
        more + " more " + what + " do not fit into " + Math.max(0, max - before) + " of " + max);
  }

  /** Corrects an amount that was too large or too small. */
  void correct(long moreOctets, long moreFiles) {
    octets.addAndGet(moreOctets);
    files.addAndGet(moreFiles);
  }
}
