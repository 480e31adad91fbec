package dev.sluice.client.inbox;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.Filter;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * A directory whose files are handed to a handler as they arrive, in any tree. Immutable.
 *
 * <p>Each file that is ready is claimed, so that of several consumers one gets it, and handed to
 * the handler. Only after the handler's publisher has completed is the file deleted, moved or left.
 * A process that ends before that finds its claims when it starts again, under the same name of the
 * consumer, and hands those files over again: each file is handled at least once, and a handler
 * must bear to see one twice.
 *
 * <p>The tree must renew its sessions by itself, and serve several verbs at a time: {@link
 * dev.sluice.client.pool.PooledFiles}, or a storage.
 *
 * @param files the tree
 * @param directory that files arrive in
 * @param claims how a file becomes this consumer's
 * @param polling how and how often the directory is looked at
 * @param ready when a file is complete; default: when one more poll has found it unchanged
 * @param attempts how often a file is handed over, and what becomes of it if that fails
 * @param done what becomes of a file once it is handled; default: it is deleted
 * @param underWay files that are claimed and not finished, at most, at least 1; default 4. What
 *     waits for another attempt counts, too
 */
@RecordBuilder
public record Inbox(
    FileOperations files,
    RemotePath directory,
    Claims claims,
    Polling polling,
    Ready ready,
    Attempts attempts,
    Done done,
    int underWay)
    implements InboxBuilder.With {
  private static final int MOST_UNDER_WAY = 1000;

  public Inbox {
    if (underWay < 1 || underWay > MOST_UNDER_WAY) {
      throw new IllegalArgumentException("underWay: " + underWay + ", 1 to 1000 are possible");
    }
    if (done instanceof Done.Leave && claims instanceof Claims.Rename) {
      throw new IllegalArgumentException(
          "a renamed file cannot be left where it is; use Claims.stored, or Done.moveTo");
    }
    checkMove(done, directory);
    checkMove(attempts.failed(), directory);
  }

  /**
   * Files are claimed by a rename, and deleted once they are handled.
   *
   * @param consumer 1 to 64 letters, digits, {@code -} and {@code _}; see {@link Claims}
   */
  public static Inbox of(FileOperations files, RemotePath directory, String consumer) {
    return of(files, directory, Claims.rename(consumer));
  }

  /** Files are claimed in this way, and deleted once they are handled. */
  public static Inbox of(FileOperations files, RemotePath directory, Claims claims) {
    return new Inbox(
        files,
        directory,
        claims,
        Polling.DEFAULT,
        Ready.stable(1),
        Attempts.DEFAULT,
        Done.delete(),
        4);
  }

  /** Claims files in this way. */
  public Inbox claims(Claims way) {
    return withClaims(way);
  }

  /** Changes how the directory is looked at. */
  public Inbox polling(UnaryOperator<Polling> change) {
    return withPolling(change.apply(polling));
  }

  /** The wait between two polls. */
  public Inbox every(Duration time) {
    return polling(now -> now.withEvery(time).withLongest(max(now.longest(), time)));
  }

  /** Only files that the filter lets through take part. */
  public Inbox filter(Filter filter) {
    return polling(now -> now.withFilter(filter));
  }

  /** Only files whose name matches this take part: see {@link Filter}. */
  public Inbox only(String glob) {
    return filter(Filter.all().include(glob).include("*/").exclude("*"));
  }

  /** Looks into directories, too: 1 = the directory itself. */
  public Inbox depth(int directories) {
    return polling(now -> now.withDepth(directories));
  }

  /** In which order files are taken up. */
  public Inbox order(Order order) {
    return polling(now -> now.withOrder(order));
  }

  /** The clock of all waits. */
  public Inbox timer(Scheduler scheduler) {
    return polling(now -> now.withTimer(scheduler));
  }

  /** When a file is complete. */
  public Inbox ready(Ready when) {
    return withReady(when);
  }

  /** A file is complete when so many more polls have found it unchanged. */
  public Inbox stableFor(int polls) {
    return withReady(Ready.stable(polls));
  }

  /** A file is complete when one with this added to the name is there. */
  public Inbox marker(String suffix) {
    return withReady(Ready.marker(suffix));
  }

  /** Changes how often a file is handed over. */
  public Inbox attempts(UnaryOperator<Attempts> change) {
    return withAttempts(change.apply(attempts));
  }

  /** Hands a file over so many times, and then moves it to this directory. */
  public Inbox failed(int attempts, RemotePath directory) {
    return attempts(now -> now.withMost(attempts).withFailed(Done.moveTo(directory)));
  }

  /** What becomes of a file once it is handled. */
  public Inbox done(Done what) {
    return withDone(what);
  }

  /** So many files at a time, at most. */
  public Inbox parallel(int files) {
    return withUnderWay(files);
  }

  /**
   * Polls until the subscriber cancels, and reports what happens: the stream neither completes nor
   * signals an error. Events wait for their subscriber, and so do polls and further files; a
   * subscriber must keep requesting. Cancelling cancels the handlers, too; their files stay
   * claimed, and a further run hands them over again.
   *
   * @param handler is called on any thread, and must not block it; what it throws counts as a
   *     failure of its publisher. A publisher that never ends keeps its place: give it a {@code
   *     timeout}
   */
  public Flux<InboxEvent> run(Function<? super InboxFile, ? extends Publisher<Void>> handler) {
    return Flux.defer(() -> new Rounds(this, handler).run());
  }

  private static void checkMove(Done done, RemotePath directory) {
    if (done instanceof Done.MoveTo move && move.directory().equals(directory)) {
      throw new IllegalArgumentException(
          "files that are moved to "
              + directory
              + " would be taken up again; name another directory");
    }
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
