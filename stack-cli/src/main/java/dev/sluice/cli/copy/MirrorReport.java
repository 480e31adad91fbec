package dev.sluice.cli.copy;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.ProgressBar;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.TransferEvent.Deleted;
import dev.sluice.client.transfer.TransferEvent.DirectoryMade;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.LeftOut;
import dev.sluice.client.transfer.TransferEvent.LinkMade;
import dev.sluice.client.transfer.TransferEvent.Remarked;
import dev.sluice.client.transfer.TransferEvent.Summary;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a mirror does, for the person or the script that started it.
 *
 * @param target names what is changed
 * @param report takes lines and events
 * @param err where the summary goes
 * @param lines whether each change has a line
 */
public record MirrorReport(Place target, Report report, PrintWriter err, boolean lines) {

  public void add(TransferEvent event) {
    if (event instanceof FileDone done) {
      String remark = done.remark() == null ? null : done.remark().detail();
      file(done.path(), "complete", word(done.reason()), done.octets(), remark);
    } else if (event instanceof LinkMade link) {
      file(link.path(), "complete", "link", 0, null);
    } else if (event instanceof LeftOut out) {
      file(out.path(), "skipped", word(out.why()), 0, null);
    } else if (event instanceof DirectoryMade made) {
      say("made", made.path());
      report.event(Event.MADE, Fields.of("place", target.wordOf(made.path())));
    } else if (event instanceof Deleted deleted) {
      say("deleted", deleted.path());
      report.event(Event.REMOVED, Fields.of("place", target.wordOf(deleted.path())));
    } else if (event instanceof Remarked remarked) {
      err.println(
          "sluice: "
              + target.shown(remarked.path())
              + ": its time or mode was not kept: "
              + RawName.escape(PlainWords.of(remarked.remark().detail())));
    } else if (event instanceof Summary all) {
      summarise(all);
    }
  }

  private void file(
      RemotePath path, String outcome, String reason, long octets, @Nullable String remark) {
    say(outcome + " (" + reason + ")", path);
    report.event(
        Event.FILE,
        Fields.of("place", target.wordOf(path))
            .and("outcome", outcome)
            .and("reason", reason)
            .and("octets", octets)
            .and("remark", remark));
  }

  private void say(String what, RemotePath path) {
    if (lines) {
      report.line(what + "  " + target.shown(path));
    }
  }

  private void summarise(Summary all) {
    long leftOut = all.leftOut().values().stream().mapToLong(Long::longValue).sum();
    err.println(
        String.format(
            Locale.ROOT,
            "sluice: %d copied (%s), %d unchanged, %d left out, %d deleted, %d failed, in %.1f s",
            all.moved(),
            ProgressBar.octets(all.octets()),
            all.same(),
            leftOut,
            all.deleted(),
            all.failed(),
            all.took().toMillis() / 1000.0));
    report.event(
        Event.SUMMARY,
        Fields.of("copied", all.moved())
            .and("unchanged", all.same())
            .and("skipped", leftOut)
            .and("deleted", all.deleted())
            .and("failed", all.failed())
            .and("octets", all.octets()));
  }

  private static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
