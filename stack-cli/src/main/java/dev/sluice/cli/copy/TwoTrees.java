package dev.sluice.cli.copy;

import dev.sluice.cli.connect.Effort;
import dev.sluice.cli.connect.Places;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.option.PaceOptions;
import dev.sluice.cli.place.LocalPlace;
import dev.sluice.cli.place.Overlap;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.UsageError;
import java.util.List;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;

/** Opens the two directories of {@code sync} and {@code verify}. */
public final class TwoTrees {
  private TwoTrees() {}

  /**
   * Works with both and closes them, whatever happens.
   *
   * @param pace how many files move at once
   * @param retries how often a login that was cut off is begun again
   */
  public static void run(
      RemoteOptions remote,
      PaceOptions pace,
      int retries,
      String source,
      String target,
      BiFunction<Place, Place, ? extends Publisher<?>> work) {
    Word from = directory(remote, source);
    Word to = directory(remote, target);
    if (from instanceof Word.Local local) {
      LocalPlace.existing(local.file());
    }
    Places.run(
        remote,
        List.of(from, to),
        new Effort(sessions(pace, List.of(from), to), retries),
        places ->
            places
                .open(from)
                .flatMapMany(
                    one ->
                        places
                            .openTarget(to, one)
                            .doOnNext(two -> Overlap.refuse(one, two, true))
                            .flatMapMany(two -> work.apply(one, two))));
  }

  /**
   * Sessions to open with a server that moves one file at a time in each: fewer unless they are
   * asked for, where both sides would open them with the same one.
   */
  static int sessions(PaceOptions pace, List<Word> sources, Word target) {
    boolean within =
        target instanceof Word.Remote to
            && sources.stream()
                .anyMatch(
                    source ->
                        source instanceof Word.Remote from && from.url().sameServer(to.url()));
    return within && !pace.chosen() ? 1 : pace.sessions();
  }

  private static Word directory(RemoteOptions remote, String text) {
    Word word = remote.word(text);
    if (word instanceof Word.Remote named && named.pattern()) {
      throw new UsageError(word + " holds a pattern; choose with --include and --exclude");
    }
    return word;
  }
}
