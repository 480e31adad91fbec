package dev.sluice.cli.command;

import dev.sluice.api.IoScheduler;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.copy.TwoTrees;
import dev.sluice.cli.option.Age;
import dev.sluice.cli.option.SyncOptions;
import dev.sluice.cli.output.Board;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import dev.sluice.cli.watch.Rhythms;
import dev.sluice.cli.watch.Watching;
import dev.sluice.cli.watch.Watching.Shown;
import dev.sluice.client.transfer.Mirror;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;

/** {@code sluice watch}: keeps one tree like another. */
@Command(
    name = "watch",
    description =
        "Keeps the directory TARGET like SOURCE until Ctrl-C: a sync, and another one after each"
            + " change.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice watch site sftp://ann@host/~/www",
      "  sluice watch --every 30s --delete sftp://ann@host/data mirror"
    })
public final class WatchCommand implements Callable<Integer> {
  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = Age.class,
      description =
          "Looks at SOURCE so often, such as 30s or 5m (default: on this machine whenever the"
              + " system reports a change, on a server 10s).")
  private @Nullable Duration every;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = Age.class,
      description =
          "Copies a file only when it has stayed the same for so long; one that is still being"
              + " written waits for the next round (default: 1s).")
  private Duration settle = Duration.ofSeconds(1);

  @Mixin private SyncOptions options = new SyncOptions();

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The directory to follow.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "The directory to write.")
  private String target = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    Mirror how = options.mirror();
    if (how.journal() != null) {
      throw new UsageError("--journal is for a sync that ends; watch takes none");
    }
    if (settle.isZero() || every != null && every.isZero()) {
      throw new UsageError("--every and --settle take a time of 1s at least");
    }
    remote.showing(options.quiet(), board -> watch(how, board));
    return ExitStatus.DONE;
  }

  private void watch(Mirror how, Board board) {
    Outcome outcome = new Outcome(remote.err(), remote.report(), remote.lines());
    Shown shown = new Shown(board, outcome, remote.report(), remote.err());
    TwoTrees.run(
        remote,
        options.pace(),
        how.copy().retries(),
        source,
        target,
        (from, to) ->
            // To listen to a tree means to walk through it.
            Mono.fromCallable(() -> Rhythms.of(from, every, settle, remote.err()))
                .subscribeOn(IoScheduler.shared())
                .flatMap(rhythm -> new Watching(from, to, how, rhythm, shown).run()));
  }
}
