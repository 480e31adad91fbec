package dev.sluice.cli.command;

import dev.sluice.api.ByteRange;
import dev.sluice.cli.connect.PlaceWords;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.place.ByteStreams;
import dev.sluice.cli.place.LocalStreams;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.status.ExitStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice cat}: the content of files, one after the other. */
@Command(
    name = "cat",
    description = "Writes files to standard output, one after the other.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice cat ftp://ftp.example.org/pub/README",
      "  sluice cat 'sftp://ann@host/logs/*.log' > all.log"
    })
public final class CatCommand implements Callable<Integer> {
  @Mixin private PlaceWords words = new PlaceWords();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    try (OutputStream out = LocalStreams.write(LocalStreams.STANDARD)) {
      words.each(remote, place -> write(place, out));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to standard output: " + e.getMessage(), e);
    }
    return ExitStatus.DONE;
  }

  private static Publisher<?> write(Place place, OutputStream out) {
    return ByteStreams.write(place.tree().read(place.path(), ByteRange.all()), out);
  }
}
