package dev.sluice.cli.command;

import dev.sluice.api.FileEntry;
import dev.sluice.api.RawName;
import dev.sluice.cli.connect.PlaceWords;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.place.Place;
import java.util.Map;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** {@code sluice stat}: what is known about one name. */
@Command(
    name = "stat",
    description = "Shows everything that is known about files and directories.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice stat sftp://ann@host/data/f",
      "  sluice stat --json 'ftp://ftp.example.org/pub/*.gz'"
    })
public final class StatCommand implements Callable<Integer> {
  @Option(
      names = {"-L", "--follow"},
      description = "Shows what a symbolic link leads to, not the link.")
  private boolean follow;

  @Mixin private PlaceWords words = new PlaceWords();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    return words.each(remote, this::show);
  }

  private Publisher<?> show(Place place) {
    Mono<FileEntry> found =
        follow ? place.tree().stat(place.path()) : place.tree().lstat(place.path());
    return found.doOnNext(
        entry -> {
          Report report = remote.report();
          Fields fields = place.fields(new FileEntry(place.path(), entry.attributes()));
          report.event(Event.ENTRY, fields);
          for (Map.Entry<String, Object> each : fields.values().entrySet()) {
            report.line(each.getKey() + ": " + RawName.escape(String.valueOf(each.getValue())));
          }
        });
  }
}
