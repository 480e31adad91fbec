package dev.sluice.cli.connect;

import dev.sluice.cli.place.Place;
import dev.sluice.cli.status.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Parameters;

/** The words of a command that does the same with several places, one after the other. */
public final class PlaceWords {
  @Parameters(
      arity = "1..*",
      paramLabel = "PLACE",
      description = "Files or directories, on servers or on this machine.")
  private List<String> words = new ArrayList<>();

  /** Does the work with every place, as {@link Places#forEach}; answers the exit status. */
  public int each(RemoteOptions remote, Function<Place, ? extends Publisher<?>> work) {
    Places.forEach(remote, words, work);
    return ExitStatus.DONE;
  }
}
