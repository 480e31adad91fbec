package dev.sluice.cli.command;

import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.copy.TwoTrees;
import dev.sluice.cli.option.SyncOptions;
import dev.sluice.cli.output.Board;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.Transfers;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

/** {@code sluice sync}: makes one tree like another. */
@Command(
    name = "sync",
    description =
        "Makes the directory TARGET like SOURCE: copies what is new or has changed, and with"
            + " --delete removes the rest.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice sync --dry-run --delete site sftp://ann@host/~/www",
      "  sluice sync --exclude '*.tmp' sftp://ann@host/data mirror",
      "  sluice sync --delete=100 ftp://old.example.org/data sftp://ann@host/data"
    })
public final class SyncCommand implements Callable<Integer> {
  @Option(names = "--dry-run", description = "Says what would be done, and does nothing.")
  private boolean dryRun;

  @Mixin private SyncOptions options = new SyncOptions();

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The directory to read.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "The directory to write.")
  private String target = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    Mirror how = options.mirror().withDryRun(dryRun);
    remote.showing(options.quiet() || dryRun, board -> sync(how, board));
    return ExitStatus.DONE;
  }

  private void sync(Mirror how, Board board) {
    Consumer<String> lines = dryRun ? remote.report()::line : remote.lines();
    TwoTrees.run(
        remote,
        options.pace(),
        how.copy().retries(),
        source,
        target,
        (from, to) -> {
          Outcome outcome = new Outcome(remote.err(), remote.report(), lines);
          Flux<TransferEvent> events =
              Transfers.mirror(
                      from.tree(),
                      from.path(),
                      to.tree(),
                      to.path(),
                      how.withJob(from.shown() + " " + to.shown()))
                  .doOnNext(board::add);
          return Transfers.orFail(events.doOnNext(event -> outcome.add(event, to::wordOf)))
              .doOnComplete(() -> outcome.summarise(0))
              .doOnError(failure -> outcome.summarise(Outcome.print(failure, remote.err())));
        });
  }
}
