package dev.sluice.client.inbox;

import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TemporaryName;
import dev.sluice.client.inbox.InboxEvent.Polled;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides from one poll after the other which files are ready. Sees no tree and no clock; used by
 * one poll at a time.
 */
final class Watch {
  private final Ready ready;
  private final Polling polling;
  private final @Nullable String renaming;
  private final Predicate<FileEntry> filter;
  private Map<RemotePath, Seen> seen = new HashMap<>();

  /** A file as the last poll has seen it, and how many polls before had seen the same. */
  private record Seen(long size, @Nullable Instant modified, int unchanged) {
    static Seen of(FileEntry entry, @Nullable Seen before) {
      Seen now = new Seen(entry.size(), entry.attributes().modified(), 0);
      return before != null && now.equals(before.anew())
          ? new Seen(now.size, now.modified, before.unchanged + 1)
          : now;
    }

    private Seen anew() {
      return new Seen(size, modified, 0);
    }
  }

  /** What a poll has found. */
  record Found(List<Candidate> ready, Polled event) {}

  Watch(Inbox how) {
    this.ready = how.ready();
    this.polling = how.polling();
    this.renaming = how.claims() instanceof Claims.Rename rename ? rename.consumer() : null;
    this.filter = how.polling().filter().below(how.directory());
  }

  /**
   * What to take up after a poll.
   *
   * @param busy whether a file is under way, or will not be taken up as it is
   */
  Found look(List<FileEntry> listed, Predicate<Candidate> busy) {
    Map<RemotePath, FileEntry> names = new HashMap<>();
    listed.forEach(entry -> names.put(entry.path(), entry));
    Map<RemotePath, Seen> now = new HashMap<>();
    List<Candidate> complete = new ArrayList<>();
    Set<RemotePath> markers = new HashSet<>();
    int files = 0;
    for (FileEntry entry : listed) {
      Optional<Candidate> known = candidate(entry, names, markers).filter(busy.negate());
      if (known.isPresent()) {
        files++;
        Seen there = Seen.of(entry, seen.get(entry.path()));
        now.put(entry.path(), there);
        if (isReady(known.get(), there, names)) {
          complete.add(known.get());
        }
      }
    }
    seen = now;
    complete.removeIf(it -> markers.contains(it.place()));
    files -= (int) markers.stream().filter(now::containsKey).count();
    List<Candidate> taken = ordered(complete);
    return new Found(taken, new Polled(files, taken.size()));
  }

  /** Empty for what is not a file of this inbox. */
  private Optional<Candidate> candidate(
      FileEntry entry, Map<RemotePath, FileEntry> names, Set<RemotePath> markers) {
    if (entry.name().endsWith(".part") && TemporaryName.DEFAULT.matches(entry.name())) {
      return Optional.empty();
    }
    FileEntry original = entry;
    if (renaming != null) {
      Optional<ClaimName> claim = ClaimName.of(entry.name());
      if (claim.isPresent()) {
        if (!claim.get().consumer().equals(renaming)) {
          return Optional.empty();
        }
        RemotePath path = entry.path().parent().child(claim.get().name());
        original = new FileEntry(path, entry.attributes());
      }
    }
    if (!filter.test(original)) {
      return Optional.empty();
    }
    RemotePath marker = marker(original.path());
    if (marker == null || !names.containsKey(marker)) {
      return Optional.of(new Candidate(original, entry.path(), null));
    }
    markers.add(marker);
    boolean next = !original.path().equals(entry.path()) && names.containsKey(original.path());
    return Optional.of(new Candidate(original, entry.path(), next ? null : marker));
  }

  private @Nullable RemotePath marker(RemotePath file) {
    return ready instanceof Ready.Marker marker
        ? file.parent().child(marker.name().apply(file.name()))
        : null;
  }

  private boolean isReady(Candidate file, Seen there, Map<RemotePath, FileEntry> names) {
    if (ready instanceof Ready.Stable stable) {
      return there.unchanged() >= stable.polls();
    }
    FileEntry marker = file.marker() == null ? null : names.get(file.marker());
    return file.isClaimed() || (marker != null && !isOlder(marker, file.entry()));
  }

  /** As precisely as the coarser of the two times, which may be whole minutes. */
  private static boolean isOlder(FileEntry marker, FileEntry file) {
    Instant marked = marker.attributes().modified();
    Instant written = file.attributes().modified();
    if (marked == null || written == null) {
      return false;
    }
    boolean coarse = isCoarse(marked) || isCoarse(written);
    ChronoUnit unit = coarse ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
    return marked.truncatedTo(unit).isBefore(written.truncatedTo(unit));
  }

  private static boolean isCoarse(Instant time) {
    return time.getEpochSecond() % 60 == 0;
  }

  private List<Candidate> ordered(List<Candidate> complete) {
    polling
        .order()
        .comparator()
        .ifPresent(order -> complete.sort(Comparator.comparing(Candidate::entry, order)));
    int most = Math.min(complete.size(), polling.most());
    return new ArrayList<>(complete.subList(0, most));
  }
}
