package dev.sluice.cli.command;

import dev.sluice.api.RemotePath;
import dev.sluice.cli.connect.Places;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;

/** {@code sluice mv}: gives a file or directory another name on the same server. */
@Command(
    name = "mv",
    description = "Renames or moves a file or directory on one server.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice mv sftp://ann@host/in/a.part sftp://ann@host/in/a",
      "  sluice mv ftpes://ann@host/in/f /done/"
    })
public final class MoveCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "URL", description = "File or directory to move.")
  private String url = "";

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description =
          "A URL on the same server, or a path on it. If it ends in /, it is the directory to move"
              + " into.")
  private String to = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    RemoteUrl source = RemoteUrl.parse(url);
    Word.Remote from = new Word.Remote(source, false);
    Word.Remote to = new Word.Remote(target(source), false);
    Places.run(
        remote,
        List.of(from),
        places ->
            places
                .open(from)
                .zipWith(places.open(to))
                .flatMap(ends -> move(ends.getT1(), ends.getT2())));
    return ExitStatus.DONE;
  }

  private Mono<Void> move(Place from, Place to) {
    return from.tree()
        .rename(from.path(), to.path())
        .doOnSuccess(
            done ->
                remote
                    .report()
                    .event(
                        Event.MOVED,
                        Fields.of("place", from.wordOf(from.path()))
                            .and("to", to.wordOf(to.path()))));
  }

  private RemoteUrl target(RemoteUrl source) {
    RemoteUrl target;
    if (to.startsWith("/")) {
      target = source.at(RemotePath.of(to), false);
      return to.endsWith("/")
          ? target.at(target.path().child(source.path().name()), false)
          : target;
    }
    target = RemoteUrl.parse(to);
    if (!source.sameServer(target)) {
      throw new UsageError(
          "mv works on one server; " + target + " is another: use cp --then-remove");
    }
    return target.directory()
        ? target.at(target.path().child(source.path().name()), target.home())
        : target;
  }
}
