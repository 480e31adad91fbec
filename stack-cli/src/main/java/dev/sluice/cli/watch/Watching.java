package dev.sluice.cli.watch;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.TransferException;
import dev.sluice.cli.output.Board;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.TransferEvent.Deleted;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.LeftOut;
import dev.sluice.client.transfer.TransferEvent.LinkMade;
import dev.sluice.client.transfer.Transfers;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Keeps one tree in step with another until it is cancelled: round after round of a mirror. */
public final class Watching {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;

  private final Place from;
  private final Place to;
  private final Mirror how;
  private final Rhythm rhythm;
  private final Shown shown;
  private @Nullable String complaint;
  private boolean reached;
  private long changed;
  private long failed;
  private int rounds;
  private int inVain;

  /**
   * @param from what is followed
   * @param to what follows
   * @param how a round is done
   * @param rhythm when there is a round
   * @param shown where each event goes
   */
  public Watching(Place from, Place to, Mirror how, Rhythm rhythm, Shown shown) {
    this.from = from;
    this.to = to;
    this.how = how;
    this.rhythm = rhythm;
    this.shown = shown;
  }

  /**
   * Where events go.
   *
   * @param board shows what is under way
   * @param outcome counts everything
   * @param report takes events for scripts
   * @param err takes messages
   */
  public record Shown(Board board, Outcome outcome, Report report, PrintWriter err) {}

  /**
   * When there is a round.
   *
   * @param settle how long a file or a directory must stay the same
   * @param change completes with the next change after those that were seen; asked for by the count
   *     that {@code seen} gives before a round
   * @param seen changes until now
   * @param end nobody asks any more
   */
  public record Rhythm(
      Duration settle, LongFunction<Mono<Void>> change, LongSupplier seen, Runnable end) {}

  /** Never completes; a cancel ends it with a summary. */
  public Mono<Void> run() {
    shown.outcome().counts();
    return Mono.defer(this::round)
        .repeat()
        .then()
        .doOnCancel(() -> shown.outcome().summarise(failed))
        .doFinally(how -> rhythm.end().run());
  }

  private Mono<Void> round() {
    long seen = rhythm.seen().getAsLong();
    Round round = new Round();
    FileOperations source = Steady.of(from.tree(), rhythm.settle());
    return Transfers.mirror(source, from.path(), to.tree(), to.path(), how)
        .doOnNext(event -> add(round, event))
        .then(Mono.defer(() -> after(round, seen)));
  }

  private void add(Round round, TransferEvent event) {
    shown.board().add(event);
    round.add(event);
    boolean again = rounds > 0 && event instanceof LeftOut;
    if (!again && !(event instanceof Failed)) {
      shown.outcome().add(event, to::wordOf);
    }
  }

  private Mono<Void> after(Round round, long seen) {
    Throwable failure = round.failure;
    changed += round.changed;
    failed = round.failed;
    rounds++;
    if (failure != null && isLost(failure)) {
      inVain++;
      Duration wait = wait(FIRST_WAIT);
      say("lost", ExitStatus.explain(failure) + "; tries again in " + wait.toSeconds() + " s");
      return Mono.delay(wait).then();
    }
    complain(failure);
    if (round.growing > 0) {
      if (inVain == 0) {
        say("waiting", "for files that are still being written: " + round.growing);
      }
      inVain++;
      return Mono.delay(wait(rhythm.settle())).then();
    }
    inVain = 0;
    if (failure == null && (changed > 0 || !reached)) {
      reached = true;
      say("in step", "changed: " + changed);
      changed = 0;
    }
    return rhythm.change().apply(seen);
  }

  /** A server that is away is asked less and less often, and so is a file that keeps growing. */
  private Duration wait(Duration first) {
    return first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, inVain - 1));
  }

  /** The same failure in every round is said once. */
  private void complain(@Nullable Throwable failure) {
    String now = failure == null ? null : ExitStatus.explain(failure);
    if (now != null && !now.equals(complaint)) {
      say("failed", now);
    }
    complaint = now;
  }

  private void say(String state, String detail) {
    shown.err().println("sluice: " + state + ": " + detail);
    shown.report().event(Event.WATCH, Fields.of("state", state).and("detail", detail));
  }

  private static boolean isLost(Throwable failure) {
    return !(failure instanceof FileFailure)
        && (failure instanceof ConnectFailed
            || failure instanceof TransferException known && known.isTransient());
  }

  /** What happens in one of them. */
  private static final class Round {
    private long changed;
    private long growing;
    private long failed;
    private @Nullable Throwable failure;

    synchronized void add(TransferEvent event) {
      if (event instanceof FileDone || event instanceof LinkMade || event instanceof Deleted) {
        changed++;
      } else if (event instanceof Failed late && Steady.isGrowing(late.cause())) {
        growing++;
      } else if (event instanceof Failed more) {
        failed++;
        failure = failure == null || isLost(more.cause()) ? more.cause() : failure;
      }
    }
  }
}
