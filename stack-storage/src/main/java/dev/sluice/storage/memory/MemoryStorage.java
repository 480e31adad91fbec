package dev.sluice.storage.memory;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import reactor.core.publisher.Mono;

/**
 * Files in the memory of this process, shared by all sessions; gone with the process.
 *
 * <p>Bounded: contents count, and half a KiB for each name; data that does not fit is refused with
 * {@code NO_SPACE}. A replaced or deleted file stays readable, and counts, as long as it is open.
 * Calls do not block beyond a lock held for microseconds and run on the caller's thread.
 */
public final class MemoryStorage implements Storage {
  /** Default size of a storage in octets. */
  public static final long DEFAULT_MAX_OCTETS = 256L * 1024 * 1024;

  private final Tree tree;

  private MemoryStorage(long maxOctets) {
    this.tree = new Tree(new Room(maxOctets));
  }

  /** An empty storage of {@link #DEFAULT_MAX_OCTETS}. */
  public static MemoryStorage create() {
    return new MemoryStorage(DEFAULT_MAX_OCTETS);
  }

  /** An empty storage for at most {@code maxOctets}. */
  public static MemoryStorage of(long maxOctets) {
    if (maxOctets < 0) {
      throw new IllegalArgumentException("negative size: " + maxOctets);
    }
    return new MemoryStorage(maxOctets);
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return Mono.fromSupplier(() -> new MemorySession(tree, user.name()));
  }
}
