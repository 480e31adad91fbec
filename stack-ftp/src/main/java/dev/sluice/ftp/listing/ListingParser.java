package dev.sluice.ftp.listing;

import dev.sluice.api.RawName;
import dev.sluice.ftp.Dialect;
import dev.sluice.ftp.ListingOptions;
import dev.sluice.ftp.wire.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one listing line by line, in the format that the caller chose. Without a choice, it takes
 * the first format that fits the first line, starting with that of the server's system. The format
 * then stays: no listing is read with two.
 *
 * <p>Lines that cannot be read are counted, and the first of them kept. Never fails.
 */
public final class ListingParser {
  private static final int UNPARSED_KEPT = 20;
  private static final int UNPARSED_CHARACTERS = 200;
  private static final int MAX_WAITING = 2_000;
  private static final int MAX_WAITING_CHARACTERS = 256 * 1024;
  private static final List<Dialect> FOUND_OUT =
      List.of(
          Dialect.UNIX,
          Dialect.DOS,
          Dialect.EPLF,
          Dialect.NETWARE,
          Dialect.VMS,
          Dialect.OS400,
          Dialect.ZVM,
          Dialect.NONSTOP,
          Dialect.OS9,
          Dialect.OS2,
          Dialect.VXWORKS,
          Dialect.VSHELL,
          Dialect.WFFTP,
          Dialect.NUMERIC,
          Dialect.MVS);

  private final ListingOptions options;
  private final List<String> unparsed = new ArrayList<>();
  private final Dates dates;
  private final Deque<String> waiting = new ArrayDeque<>();
  private int waitingCharacters;
  private List<Candidate> candidates = new ArrayList<>();
  private @Nullable Dialect dialect;
  private @Nullable String held;
  private long unparsedCount;

  private ListingParser(ListingOptions options) {
    this.options = options;
    dates = new Dates(new ServerTime(options.zone(), options.clock()));
    dialect = options.dialect();
    if (dialect != null) {
      candidates.add(new Candidate(dialect, DialectParsers.of(dialect, dates, true)));
      return;
    }
    Set<Dialect> order = new LinkedHashSet<>();
    Optional.ofNullable(options.system()).flatMap(Dialect::ofSystem).ifPresent(order::add);
    order.addAll(FOUND_OUT);
    order.forEach(
        each -> candidates.add(new Candidate(each, DialectParsers.of(each, dates, false))));
  }

  /** A parser for one listing. */
  public static ListingParser create(ListingOptions options) {
    return new ListingParser(options);
  }

  /**
   * The entries that {@code line} completes. Until it is known whether the day or the month comes
   * first in dates such as {@code 03/04/24}, lines are held back, up to a bound.
   */
  public List<ListedEntry> accept(Line line) {
    String text = options.charset().decode(line.octets());
    if (line.truncated() || line.holdsNul()) {
      List<ListedEntry> entries = release();
      flush();
      reject(text);
      return entries;
    }
    if (text.isBlank()) {
      return List.of();
    }
    if (dialect != Dialect.MLSD) {
      dates.observe(text);
    }
    if (waiting.isEmpty() && !dates.isOpen()) {
      ListedEntry entry = entry(text);
      return entry == null ? List.of() : List.of(entry);
    }
    waiting.add(text);
    waitingCharacters += text.length();
    boolean full = waiting.size() >= MAX_WAITING || waitingCharacters >= MAX_WAITING_CHARACTERS;
    return dates.isOpen() && !full ? List.of() : release();
  }

  private List<ListedEntry> release() {
    if (dates.isOpen()) {
      dates.decide();
    }
    List<ListedEntry> entries = new ArrayList<>();
    for (String text = waiting.poll(); text != null; text = waiting.poll()) {
      ListedEntry entry = entry(text);
      if (entry != null) {
        entries.add(entry);
      }
    }
    waitingCharacters = 0;
    return entries;
  }

  private @Nullable ListedEntry entry(String text) {
    Reading reading = read(text);
    if (reading.kind() != Reading.Kind.JOINED) {
      flush();
    }
    held = null;
    switch (reading.kind()) {
      case HELD -> held = text;
      case UNPARSED -> reject(text);
      case ENTRY, JOINED, SKIPPED, COMMON -> {}
    }
    return reading.entry();
  }

  /**
   * The listing has ended: emits the entries that waited; a line that waited for its second half is
   * unparsed.
   */
  public List<ListedEntry> finish() {
    List<ListedEntry> entries = release();
    flush();
    return entries;
  }

  /** The format; null = no line has shown it yet. */
  public @Nullable Dialect dialect() {
    return dialect;
  }

  /** How many lines could not be read, or held an unusable name. */
  public long unparsedCount() {
    return unparsedCount;
  }

  /** The first unparsed lines, with control characters escaped and long lines cut. */
  public List<String> unparsed() {
    return List.copyOf(unparsed);
  }

  private Reading read(String text) {
    Reading best = Reading.UNPARSED;
    for (Candidate candidate : candidates) {
      Reading reading = candidate.parser.read(text);
      if (reading.isRecognised()) {
        dialect = candidate.dialect;
        candidates = List.of(candidate);
        return reading;
      }
      best = reading.kind() == Reading.Kind.UNPARSED ? best : reading;
    }
    return best;
  }

  private void flush() {
    if (held != null) {
      reject(held);
      held = null;
    }
  }

  private void reject(String text) {
    unparsedCount++;
    if (unparsed.size() < UNPARSED_KEPT) {
      int length = Math.min(text.length(), UNPARSED_CHARACTERS);
      unparsed.add(RawName.escape(text.substring(0, length)));
    }
  }

  /** A format that the listing may have. */
  private record Candidate(Dialect dialect, DialectParser parser) {}
}
