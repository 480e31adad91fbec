package dev.sluice.cli.command;

import dev.sluice.cli.connect.Effort;
import dev.sluice.cli.connect.Places;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.copy.MoveWords;
import dev.sluice.cli.copy.TransferOptions;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

/** {@code sluice mv}: gives files and directories another name, there or anywhere else. */
@Command(
    name = "mv",
    description =
        "Renames or moves files and directories. On one server they are renamed there; between"
            + " places each file is copied, compared with its copy, and then removed.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice mv sftp://ann@host/in/a.part sftp://ann@host/in/a",
      "  sluice mv ftpes://ann@host/in/f ftpes://ann@host/done/",
      "  sluice mv 'sftp://ann@host/in/*.csv' inbox"
    })
public final class MoveCommand implements Callable<Integer> {
  @Parameters(
      arity = "2..*",
      paramLabel = "SOURCE... TARGET",
      description =
          "URLs and names on this machine. One source gets the name TARGET, or goes into it if that"
              + " is a directory; several sources, or a pattern, need a directory that is there.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-q", "--quiet"},
      description = "Shows no progress.")
  private boolean quiet;

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    List<Word> all = words.stream().map(remote::word).toList();
    List<Word> sources = all.subList(0, all.size() - 1);
    Word target = all.get(all.size() - 1);
    for (Word source : sources) {
      if (source.isTop()) {
        throw new UsageError("the root of a tree is not moved; name what is in it");
      }
    }
    if (target instanceof Word.Remote named && named.pattern()) {
      throw new UsageError(target + " holds a pattern; write * as %2A, ? as %3F and [ as %5B");
    }
    remote.showing(
        quiet,
        board -> {
          Outcome outcome = new Outcome(remote.err(), remote.report(), remote.lines());
          Places.run(
              remote,
              all,
              Effort.again(TransferOptions.RETRIES),
              places -> {
                MoveWords move =
                    new MoveWords(sources, target, places, remote.report(), outcome, board);
                return Places.inTurn(
                        Flux.fromIterable(sources),
                        word ->
                            Places.inTurn(move.open(word).flatMapMany(Place::expanded), move::move))
                    .doOnSuccess(done -> outcome.summarise(0))
                    .doOnError(failure -> outcome.summarise(Outcome.print(failure, remote.err())));
              });
        });
    return ExitStatus.DONE;
  }
}
