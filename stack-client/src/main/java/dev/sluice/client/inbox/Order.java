package dev.sluice.client.inbox;

import dev.sluice.api.FileEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** In which order the files that are ready at a poll are taken up. */
public enum Order {
  /** As the tree lists them. */
  LISTED,
  /** By path. */
  NAME,
  /** The oldest change first; files whose time is unknown come first. */
  OLDEST_FIRST,
  /** The latest change first; files whose time is unknown come last. */
  NEWEST_FIRST,
  /** Small ones first; files whose size is unknown come first. */
  SMALL_FIRST,
  /** Large ones first; files whose size is unknown come last. */
  LARGE_FIRST;

  /** Empty = as they are. */
  Optional<Comparator<FileEntry>> comparator() {
    return switch (this) {
      case LISTED -> Optional.empty();
      case NAME -> Optional.of(Comparator.comparing(FileEntry::path));
      case OLDEST_FIRST -> Optional.of(Comparator.comparingLong(Order::time));
      case NEWEST_FIRST -> Optional.of(Comparator.comparingLong(Order::time).reversed());
      case SMALL_FIRST -> Optional.of(Comparator.comparingLong(FileEntry::size));
      case LARGE_FIRST -> Optional.of(Comparator.comparingLong(FileEntry::size).reversed());
    };
  }

  private static long time(FileEntry entry) {
    Instant modified = entry.attributes().modified();
    return modified == null ? Long.MIN_VALUE : modified.toEpochMilli();
  }
}
