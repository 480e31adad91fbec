package dev.sluice.cli.output;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.client.transfer.Progress.Remark;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.TransferEvent.Deleted;
import dev.sluice.client.transfer.TransferEvent.DirectoryMade;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.LeftOut;
import dev.sluice.client.transfer.TransferEvent.LinkMade;
import dev.sluice.client.transfer.TransferEvent.Remarked;
import dev.sluice.client.transfer.TransferEvent.Same;
import dev.sluice.client.transfer.TransferEvent.Why;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * What transfers have done, for the person or the script that started them: the first of each kind
 * of remark as it comes, failures one a line, and a line that counts everything.
 */
public final class Outcome {
  /** Failures shown one by one; a tree can have as many as files. */
  private static final int MOST_FAILURES = 100;

  private final PrintWriter err;
  private final Report report;
  private final Consumer<String> lines;
  private final Map<Remark.Kind, Integer> remarks = new EnumMap<>(Remark.Kind.class);
  private final SortedMap<Why, Long> leftOut = new TreeMap<>();
  private final long begunNanos = System.nanoTime();
  private long moved;
  private long same;
  private long deleted;
  private long octets;
  private boolean counted;

  /**
   * What commands report.
   *
   * @param err where remarks, failures and the summary go
   * @param report where the events for scripts go
   * @param lines takes a line for each file
   */
  public Outcome(PrintWriter err, Report report, Consumer<String> lines) {
    this.err = err;
    this.report = report;
    this.lines = lines;
  }

  /** What counts everything is worth a line: several files are copied. */
  public synchronized void counts() {
    counted = true;
  }

  /**
   * Takes in what happens in a tree; its summary is ours.
   *
   * @param words a path of the tree as a word of the command line
   */
  public synchronized void add(TransferEvent event, Function<RemotePath, String> words) {
    counted = true;
    if (event instanceof FileDone done) {
      complete(words.apply(done.path()), word(done.reason()), done.octets(), done.remark());
    } else if (event instanceof LinkMade link) {
      complete(words.apply(link.path()), "link", 0, null);
    } else if (event instanceof Same) {
      same++;
    } else if (event instanceof LeftOut out) {
      leftOut.merge(out.why(), 1L, Long::sum);
      file(words.apply(out.path()), "skipped", word(out.why()), 0, null);
    } else if (event instanceof DirectoryMade made) {
      changed("made", Event.MADE, words.apply(made.path()));
    } else if (event instanceof Deleted gone) {
      deleted++;
      changed("deleted", Event.REMOVED, words.apply(gone.path()));
    } else if (event instanceof Remarked remarked) {
      remark(words.apply(remarked.path()), remarked.remark());
    }
  }

  /**
   * Takes in that a file was copied.
   *
   * @param place the target, as a word of the command line
   * @param reason why it was; null = nobody has looked
   * @param remark what was done differently from the request; null = nothing
   */
  public synchronized void complete(
      String place, @Nullable String reason, long count, @Nullable Remark remark) {
    moved++;
    octets += count;
    if (remark != null) {
      remark(place, remark);
    }
    file(place, "complete", reason, count, remark);
  }

  private void file(
      String place, String outcome, @Nullable String reason, long count, @Nullable Remark remark) {
    say(reason == null ? outcome : outcome + " (" + reason + ")", place);
    report.event(
        Event.FILE,
        Fields.of("place", place)
            .and("outcome", outcome)
            .and("reason", reason)
            .known("octets", count)
            .and("remark", remark == null ? null : remark.detail()));
  }

  private void changed(String what, Event event, String place) {
    say(what, place);
    report.event(event, Fields.of("place", place));
  }

  private void say(String what, String place) {
    lines.accept(what + "  " + RawName.escape(place));
  }

  private void remark(String place, Remark remark) {
    if (remarks.merge(remark.kind(), 1, Integer::sum) == 1) {
      err.println("sluice: " + words(place, remark));
    }
  }

  /** Says what was added up, at the end of a tree or of several files. */
  public synchronized void summarise(long failed) {
    if (!counted) {
      return;
    }
    double seconds = (System.nanoTime() - begunNanos) / 1e9;
    long skipped = leftOut.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Long> reasons = new TreeMap<>();
    leftOut.forEach((why, count) -> reasons.put(word(why), count));
    report.event(
        Event.SUMMARY,
        Fields.of("copied", moved)
            .and("unchanged", same)
            .and("skipped", skipped)
            .and("reasons", reasons.isEmpty() ? null : reasons)
            .and("deleted", deleted)
            .and("failed", failed)
            .and("octets", octets)
            .and("seconds", seconds));
    remarks.values().stream()
        .filter(count -> count > 1)
        .forEach(count -> err.println("sluice: the same of " + (count - 1) + " more"));
    err.println(sentence(skipped, reasons, failed, seconds));
  }

  private String sentence(long skipped, Map<String, Long> reasons, long failed, double seconds) {
    String why =
        reasons.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", ", " (", ")"));
    return String.format(
        Locale.ROOT,
        "sluice: %d copied (%s), %d unchanged, %d left out%s, %d deleted, %d failed, in %.1f s",
        moved,
        Units.octets(octets),
        same,
        skipped,
        reasons.isEmpty() ? "" : why,
        deleted,
        failed,
        seconds);
  }

  /** One line for each failure of a tree but the first, which ends the command. */
  public static int print(Throwable failure, PrintWriter err) {
    List<Throwable> all = Exceptions.unwrapMultiple(Exceptions.unwrap(failure));
    all.stream()
        .skip(1)
        .limit(MOST_FAILURES)
        .forEach(each -> err.println("sluice: " + ExitStatus.explain(each)));
    if (all.size() > MOST_FAILURES + 1) {
      err.println("sluice: " + (all.size() - MOST_FAILURES - 1) + " more failures");
    }
    return Math.max(1, all.size());
  }

  public static void writtenInPlace(RemotePath path, FileFailure refused, PrintWriter err) {
    Remark remark = new Remark(Remark.Kind.WRITTEN_IN_PLACE, AtomicRefusal.reason(refused));
    err.println("sluice: " + words(path.toString(), remark));
  }

  private static String words(String place, Remark remark) {
    String name = RawName.escape(place);
    String detail = RawName.escape(PlainWords.of(remark.detail()));
    return switch (remark.kind()) {
      case ATTRIBUTES_NOT_KEPT -> name + " is complete; its time or mode was not kept: " + detail;
      case JOURNAL_TORN -> name + ": " + detail;
      case WRITTEN_IN_PLACE ->
          name
              + " was written in place, as --in-place does, since the server refused otherwise: "
              + detail;
    };
  }

  private static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
