package dev.sluice.cli;

import java.util.List;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;

/** Opens the two directories of {@code sync} and {@code verify}. */
final class TwoTrees {
  private TwoTrees() {}

  /**
   * Works with both and closes them, whatever happens.
   *
   * @param sessions with each server that moves one file at a time in a session
   */
  static void run(
      RemoteOptions remote,
      int sessions,
      String source,
      String target,
      BiFunction<Place, Place, ? extends Publisher<?>> work) {
    Word from = directory(source);
    Word to = directory(target);
    if (from instanceof Word.Local local) {
      LocalPlace.existing(local.file());
    }
    Places.run(
        remote,
        List.of(from, to),
        places ->
            places
                .open(from, sessions)
                .flatMapMany(
                    one ->
                        places
                            .openTarget(to, one, sessions)
                            .doOnNext(two -> Overlap.refuse(one, two, true))
                            .flatMapMany(two -> work.apply(one, two))));
  }

  private static Word directory(String text) {
    Word word = Word.parse(text);
    if (word instanceof Word.Remote remote && remote.pattern()) {
      throw new UsageError(word + " holds a pattern; choose with --include and --exclude");
    }
    return word;
  }
}
