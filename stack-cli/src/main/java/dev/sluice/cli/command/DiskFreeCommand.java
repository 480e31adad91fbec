package dev.sluice.cli.command;

import dev.sluice.api.Space;
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

/** {@code sluice df}: how much room is left. */
@Command(
    name = "df",
    description =
        "Shows the space of the file system that holds a directory, where the server reports it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sluice df sftp://ann@host/data", "  sluice df ."})
public final class DiskFreeCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--human"},
      description = "Shows octets in powers of a thousand, as 12.3 MB.")
  private boolean human;

  @Mixin private PlaceWords words = new PlaceWords();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    return words.each(remote, this::show);
  }

  private Publisher<?> show(Place place) {
    return place.tree().space(place.path()).doOnNext(space -> print(place, space));
  }

  private void print(Place place, Space space) {
    remote
        .report()
        .both(
            String.format(
                Locale.ROOT,
                "%14s free of %14s  %s",
                octets(space.free()),
                octets(space.total()),
                place.shown()),
            Event.SPACE,
            Fields.of("place", place.wordOf(place.path()))
                .known("total", space.total())
                .known("free", space.free()));
  }

  private String octets(long count) {
    return count < 0 ? "?" : human ? Units.octets(count) : Long.toString(count);
  }
}
