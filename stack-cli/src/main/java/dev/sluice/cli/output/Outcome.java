package dev.sluice.cli.output;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.Progress.Remark;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import reactor.core.Exceptions;

/**
 * What a transfer has done, for the person who started it: the first of each kind of remark as it
 * comes, failures one a line, and for a tree a line that counts everything.
 */
public final class Outcome {
  /** Failures shown one by one; a tree can have as many as files. */
  private static final int MOST_FAILURES = 100;

  private final PrintWriter err;
  private final Report report;
  private final boolean verbose;
  private final Map<Remark.Kind, Integer> remarks = new EnumMap<>(Remark.Kind.class);
  private long moved;
  private long unchanged;
  private long skipped;
  private long octets;
  private boolean counted;

  /**
   * What commands report.
   *
   * @param err where remarks, failures and the summary go
   * @param report where the events for scripts go
   * @param verbose whether each file has a line
   */
  public Outcome(PrintWriter err, Report report, boolean verbose) {
    this.err = err;
    this.report = report;
    this.verbose = verbose;
  }

  /** What counts everything is worth a line: several files are copied. */
  public synchronized void counts() {
    counted = true;
  }

  /**
   * Takes in what has become of a file.
   *
   * @param place the target, as a word of the command line
   */
  public synchronized void add(Progress progress, String place) {
    Remark remark = progress.remark();
    if (remark != null && remarks.merge(remark.kind(), 1, Integer::sum) == 1) {
      err.println("sluice: " + words(progress.path(), remark));
    }
    switch (progress.outcome()) {
      case COMPLETE -> moved++;
      case UNCHANGED -> unchanged++;
      case SKIPPED -> skipped++;
      case RUNNING -> {
        return;
      }
    }
    octets += progress.outcome() == Progress.Outcome.COMPLETE ? progress.octets() : 0;
    String outcome = progress.outcome().name().toLowerCase(Locale.ROOT);
    if (verbose) {
      err.println("sluice: " + RawName.escape(place) + ": " + outcome);
    }
    report.event(
        Event.FILE,
        Fields.of("place", place)
            .and("outcome", outcome)
            .known("octets", progress.octets())
            .and("remark", remark == null ? null : remark.detail()));
  }

  /** Says what was added up, at the end of a tree or of several files. */
  public synchronized void summarise(int failed) {
    if (!counted) {
      return;
    }
    report.event(
        Event.SUMMARY,
        Fields.of("copied", moved)
            .and("unchanged", unchanged)
            .and("skipped", skipped)
            .and("failed", failed)
            .and("octets", octets));
    remarks.forEach(
        (kind, count) -> {
          if (count > 1) {
            err.println("sluice: the same of " + (count - 1) + " more");
          }
        });
    err.println(
        "sluice: "
            + moved
            + " copied, "
            + unchanged
            + " unchanged, "
            + skipped
            + " left out (neither files nor directories), "
            + failed
            + " failed");
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
    err.println("sluice: " + words(path, remark));
  }

  private static String words(RemotePath path, Remark remark) {
    String name = RawName.escape(path.toString());
    String detail = PlainWords.of(remark.detail());
    return switch (remark.kind()) {
      case ATTRIBUTES_NOT_KEPT -> name + " is complete; its time or mode was not kept: " + detail;
      case JOURNAL_TORN -> name + ": " + detail;
      case WRITTEN_IN_PLACE ->
          name
              + " was written in place, as --in-place does, since the server refused otherwise: "
              + detail;
    };
  }
}
