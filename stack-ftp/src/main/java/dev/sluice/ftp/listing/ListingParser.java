package dev.sluice.ftp.listing;

import dev.sluice.api.RawName;
import dev.sluice.ftp.wire.Line;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one listing line by line: in the format that the caller chose, else in the one that the
 * first line fits, trying that of the server's system first. Once found the format stays: no
 * listing is read with two.
 *
 * <p>Lines that cannot be read are counted, and the first of them kept. Never fails.
 */
public final class ListingParser {
  private static final int UNPARSED_KEPT = 20;
  private static final int UNPARSED_CHARACTERS = 200;
  private static final List<Dialect> FOUND_OUT =
      List.of(
          Dialect.UNIX,
          Dialect.DOS,
          Dialect.EPLF,
          Dialect.NETWARE,
          Dialect.VMS,
          Dialect.OS400,
          Dialect.MVS);

  private final ListingOptions options;
  private final List<String> unparsed = new ArrayList<>();
  private List<Candidate> candidates = new ArrayList<>();
  private @Nullable Dialect dialect;
  private @Nullable String held;
  private long unparsedCount;

  private ListingParser(ListingOptions options) {
    this.options = options;
    ServerTime time = new ServerTime(options.zone(), options.clock());
    dialect = options.dialect();
    if (dialect != null) {
      candidates.add(new Candidate(dialect, dialect.parser(time, true)));
      return;
    }
    Set<Dialect> order = new LinkedHashSet<>();
    Optional.ofNullable(options.system()).flatMap(Dialect::ofSystem).ifPresent(order::add);
    order.addAll(FOUND_OUT);
    order.forEach(each -> candidates.add(new Candidate(each, each.parser(time, false))));
  }

  /** A parser for one listing. */
  public static ListingParser create(ListingOptions options) {
    return new ListingParser(options);
  }

  /** The entry that {@code line} completes; null = it completes none. */
  public @Nullable ListedEntry accept(Line line) {
    String text = options.charset().decode(line.octets());
    if (line.truncated() || line.holdsNul()) {
      flush();
      reject(text);
      return null;
    }
    if (text.isBlank()) {
      return null;
    }
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

  /** The listing has ended: a line that waited for its second half is unparsed. */
  public void finish() {
    flush();
  }

  /** The format; null = no line has told it yet. */
  public @Nullable Dialect dialect() {
    return dialect;
  }

  /** How many lines could not be read, or held a name that nobody could use. */
  public long unparsedCount() {
    return unparsedCount;
  }

  /** The first of them, controls escaped and the long ones cut. */
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
