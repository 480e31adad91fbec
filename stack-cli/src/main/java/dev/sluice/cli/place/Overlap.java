package dev.sluice.cli.place;

import dev.sluice.cli.status.UsageError;
import java.nio.file.Path;

/** A file that is copied onto itself may be lost, and a tree below itself never ends. */
public final class Overlap {
  private Overlap() {}

  /**
   * Refuses a target that is the source, or lies in it.
   *
   * @param tree whether what is below the source is copied
   */
  public static void refuse(Place source, Place target, boolean tree) {
    boolean same;
    if (source.word() instanceof Word.Remote from && target.word() instanceof Word.Remote to) {
      same =
          from.url().sameServer(to.url())
              && (tree
                  ? target.path().startsWith(source.path())
                  : target.path().equals(source.path()));
    } else if (source.word() instanceof Word.Local from && target.word() instanceof Word.Local to) {
      Path inner = absolute(to, target);
      Path outer = absolute(from, source);
      same = tree ? inner.startsWith(outer) : inner.equals(outer);
    } else {
      same = false;
    }
    if (same) {
      throw new UsageError(source.shown() + " cannot be copied onto or below itself");
    }
  }

  private static Path absolute(Word.Local word, Place place) {
    Path given = word.file().toAbsolutePath().normalize();
    return place.base().equals(place.path()) ? given : given.resolve(place.path().name());
  }
}
