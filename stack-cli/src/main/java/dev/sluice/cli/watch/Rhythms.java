package dev.sluice.cli.watch;

import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.watch.Watching.Rhythm;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Chooses when there is a round: when the system reports a change, or now and then. */
public final class Rhythms {
  private static final Duration USUAL = Duration.ofSeconds(10);

  private Rhythms() {}

  /**
   * For a source.
   *
   * @param every time between rounds; null = as the system reports changes of this machine, ten
   *     seconds on a server
   * @param settle how long a file must stay the same
   */
  public static Rhythm of(
      Place source, @Nullable Duration every, Duration settle, PrintWriter err) {
    if (every == null && source.word() instanceof Word.Local local) {
      try {
        Changes changes = Changes.below(local.file().toRealPath());
        AtomicBoolean said = new AtomicBoolean();
        return new Rhythm(
            settle,
            seen ->
                changes
                    .since(seen, settle)
                    .onErrorResume(
                        failure -> {
                          if (!said.getAndSet(true)) {
                            warn(local, failure, err);
                          }
                          return Mono.delay(USUAL).then();
                        }),
            changes::version,
            changes::close);
      } catch (IOException e) {
        warn(local, e, err);
      }
    }
    Duration wait = every == null ? USUAL : every;
    return new Rhythm(settle, seen -> Mono.delay(wait).then(), () -> 0, () -> {});
  }

  private static void warn(Word.Local place, Throwable failure, PrintWriter err) {
    err.println(
        "sluice: the system does not report all changes of "
            + place
            + ", which is looked at every 10 s instead: "
            + PlainWords.of(failure));
  }
}
