package dev.sluice.ftp.client;

import dev.sluice.api.IncompleteListing;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.listing.ListingParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one listing that were not understood, and the names that were, so that the missing
 * names can be found in another way. Bounded.
 */
final class Unread {
  private static final int MAX_NAMES = 10_000;

  private final List<String> lines = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private long count;
  private boolean crowded;

  void seen(String name) {
    if (names.size() < MAX_NAMES) {
      names.add(name);
    } else {
      crowded = true;
    }
  }

  void add(ListingParser parser) {
    count += parser.unparsedCount();
    lines.addAll(parser.unparsed());
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Whether the listing has shown {@code name}; also when there were too many to remember. */
  boolean hasShown(String name) {
    return crowded || names.contains(name);
  }

  /** The first of the lines, escaped and cut. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The error of a listing that lacks lines; null = it lacks none. */
  @Nullable IncompleteListing error(RemotePath directory) {
    return count == 0 ? null : new IncompleteListing(directory, count, lines.get(0));
  }
}
