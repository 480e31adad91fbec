package dev.sluice.transport.door;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts of failures by key. A count falls steadily, by {@code limit} in {@code banTime}. When it
 * reaches the limit a ban starts, and each further ban is twice as long. The number of entries is
 * bounded: those with the fewest failures are forgotten first. Not safe for several threads.
 */
final class PenaltyTable<K> {
  static final int MOST_ENTRIES = 10_000;
  private static final int LONGEST_FACTOR = 32;
  private static final int MOST_CAUSES = 16;

  private final int limit;
  private final long banNanos;
  private final Map<K, Entry> entries = new HashMap<>();

  private static final class Entry {
    double count;
    long countedAt;
    long bannedUntil;
    long factor = 1;
    boolean banned;

    /** The cause of the failures; each cause can clear its own. */
    final Map<String, Double> causes = new HashMap<>();
  }

  PenaltyTable(int limit, Duration banTime) {
    this.limit = limit;
    this.banNanos = Math.max(1, banTime.toNanos());
  }

  /** How long the ban of {@code key} still lasts; empty = there is none. */
  Optional<Duration> ban(K key, long now) {
    Entry entry = entries.get(key);
    return entry != null && entry.banned && entry.bannedUntil - now > 0
        ? Optional.of(Duration.ofNanos(entry.bannedUntil - now))
        : Optional.empty();
  }

  /** Counts a failure. Returns the ban that starts with it; empty = none. */
  Optional<Duration> failed(K key, String cause, long now) {
    if (entries.size() >= MOST_ENTRIES && !entries.containsKey(key)) {
      forgetTheMildest(now);
    }
    Entry entry = entries.computeIfAbsent(key, any -> begin(now));
    decay(entry, now);
    entry.count++;
    if (entry.causes.size() < MOST_CAUSES || entry.causes.containsKey(cause)) {
      entry.causes.merge(cause, 1.0, Double::sum);
    }
    // Counts fall a little between any two failures, so this many at once are just below the limit.
    if (entry.count <= limit - 1 || ban(key, now).isPresent()) {
      return Optional.empty();
    }
    long nanos = banNanos * entry.factor;
    entry.banned = true;
    entry.bannedUntil = now + nanos;
    entry.factor = Math.min(LONGEST_FACTOR, entry.factor * 2);
    entry.count = 0;
    entry.causes.clear();
    return Optional.of(Duration.ofNanos(nanos));
  }

  /** Clears the failures of one cause, and no others. */
  void forgive(K key, String cause, long now) {
    Entry entry = entries.get(key);
    if (entry != null) {
      decay(entry, now);
      Double own = entry.causes.remove(cause);
      entry.count = Math.max(0, entry.count - (own == null ? 0 : own));
      if (isOver(entry, now)) {
        entries.remove(key);
      }
    }
  }

  int size() {
    return entries.size();
  }

  private static Entry begin(long now) {
    Entry entry = new Entry();
    entry.countedAt = now;
    return entry;
  }

  private void decay(Entry entry, long now) {
    double lost = (double) (now - entry.countedAt) / banNanos * limit;
    double left = Math.max(0, entry.count - lost);
    double share = entry.count == 0 ? 0 : left / entry.count;
    entry.causes.replaceAll((cause, own) -> own * share);
    entry.causes.values().removeIf(own -> own == 0);
    entry.count = left;
    entry.countedAt = now;
    // After a time as long as the ban without another ban, the next ban is short again.
    if (entry.banned && now - entry.bannedUntil > banNanos * entry.factor) {
      entry.banned = false;
      entry.factor = 1;
    }
  }

  private boolean isOver(Entry entry, long now) {
    decay(entry, now);
    return entry.count == 0 && !entry.banned;
  }

  /** Removes a tenth at a time, so a flood of new keys does not sort the table for each key. */
  private void forgetTheMildest(long now) {
    entries.values().removeIf(entry -> isOver(entry, now));
    if (entries.size() < MOST_ENTRIES) {
      return;
    }
    List<Map.Entry<K, Entry>> all = new ArrayList<>(entries.entrySet());
    all.sort(
        Comparator.comparingLong((Map.Entry<K, Entry> it) -> it.getValue().banned ? 1 : 0)
            .thenComparingLong(it -> it.getValue().factor)
            .thenComparingDouble(it -> it.getValue().count));
    all.subList(0, MOST_ENTRIES / 10).forEach(mild -> entries.remove(mild.getKey()));
  }
}
