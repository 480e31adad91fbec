package dev.sluice.cli.command;

import dev.sluice.api.FileEntry;
import dev.sluice.api.WalkOptions;
import dev.sluice.cli.connect.PlaceWords;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Units;
import dev.sluice.cli.place.Place;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** {@code sluice du}: how much a directory holds. */
@Command(
    name = "du",
    description = "Adds up the sizes of what is in a directory and below it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice du sftp://ann@host/data",
      "  sluice du --json 'ftp://ftp.example.org/pub/*'"
    })
public final class DiskUsageCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--human"},
      description = "Shows octets in powers of a thousand, as 12.3 MB.")
  private boolean human;

  @Mixin private PlaceWords words = new PlaceWords();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    return words.each(remote, this::add);
  }

  private Publisher<?> add(Place place) {
    Usage usage = new Usage();
    return place
        .tree()
        .stat(place.path())
        .flatMapMany(
            entry ->
                entry.attributes().isDirectory()
                    ? place.tree().walk(place.path(), WalkOptions.ALL)
                    : Flux.just(entry))
        .doOnNext(usage::add)
        .doOnTerminate(() -> print(place, usage));
  }

  private void print(Place place, Usage usage) {
    String octets = human ? Units.octets(usage.octets) : Long.toString(usage.octets);
    remote
        .report()
        .both(
            String.format(Locale.ROOT, "%14s  %9d files  %s", octets, usage.files, place.shown()),
            Event.USAGE,
            Fields.of("place", place.wordOf(place.path()))
                .and("octets", usage.octets)
                .and("files", usage.files)
                .and("directories", usage.directories));
  }

  /** A listing may leave sizes out: such files count with no octets. */
  private static final class Usage {
    private long octets;
    private long files;
    private long directories;

    void add(FileEntry entry) {
      if (entry.attributes().isDirectory()) {
        directories++;
      } else {
        files++;
        octets += Math.max(0, entry.size());
      }
    }
  }
}
