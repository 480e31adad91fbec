package dev.sluice.cli.command;

import dev.sluice.api.RemotePath;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.copy.TransferOptions;
import dev.sluice.cli.copy.TwoTrees;
import dev.sluice.cli.option.FilterOptions;
import dev.sluice.cli.option.PaceOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.Mirror.Comparison;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.TransferEvent.Deleted;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.Reason;
import dev.sluice.client.transfer.TransferEvent.Summary;
import dev.sluice.client.transfer.Transfers;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice verify}: whether two trees hold the same. */
@Command(
    name = "verify",
    description =
        "Compares two directories and changes nothing: names every file that differs, that is"
            + " missing in TARGET, or that only TARGET has; the status is 1 if there is one.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice verify site sftp://ann@host/~/www",
      "  sluice verify --size-only ftp://old.example.org/data sftp://ann@host/data"
    })
public final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = "--size-only",
      description = "Compares sizes instead of SHA-256, which reads files where a server has none.")
  private boolean sizeOnly;

  @Mixin private FilterOptions filter = new FilterOptions();

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The directory that is right.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "The directory to compare.")
  private String target = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();

  private final AtomicLong differences = new AtomicLong();

  @Override
  public Integer call() {
    Mirror how =
        Mirror.oneWay()
            .comparing(sizeOnly ? Comparison.SIZE : Comparison.CHECKSUM)
            .filter(filter.filter())
            .delete()
            .dry();
    TwoTrees.run(
        remote,
        new PaceOptions(),
        TransferOptions.RETRIES,
        source,
        target,
        (from, to) ->
            Transfers.orFail(
                    Transfers.mirror(from.tree(), from.path(), to.tree(), to.path(), how)
                        .doOnNext(event -> add(event, to)))
                .doOnError(failure -> Outcome.print(failure, remote.err())));
    return differences.get() == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private void add(TransferEvent event, Place to) {
    if (event instanceof FileDone done) {
      differs(done.path(), done.reason() == Reason.NEW ? "missing" : "differs", to);
    } else if (event instanceof Deleted extra) {
      differs(extra.path(), "extra", to);
    } else if (event instanceof Summary all) {
      remote.err().println("sluice: " + all.same() + " the same, " + differences + " differences");
    }
  }

  private void differs(RemotePath path, String outcome, Place to) {
    differences.incrementAndGet();
    remote
        .report()
        .both(
            outcome + "  " + to.shown(path),
            Event.FILE,
            Fields.of("place", to.wordOf(path)).and("outcome", outcome));
  }
}
