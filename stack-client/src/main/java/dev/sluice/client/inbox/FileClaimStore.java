package dev.sluice.client.inbox;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.LimitExceeded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * A {@link ClaimStore} in a local file, for the inboxes of one process: a second one is refused.
 * What is finished is appended and forced to the disk, so that it survives a crash of the machine;
 * claims end with the process. The file is written anew when most of it is out of date.
 */
public final class FileClaimStore implements ClaimStore {
  /** Finished files that are remembered, by default. */
  public static final int DEFAULT_MOST = 100_000;

  private final ClaimLog log;
  private final int most;
  private final LongSupplier nanos;
  private final Map<String, Held> held = new HashMap<>();

  /** Finished files that nobody has asked about yet, the oldest first: they may be gone. */
  private final LinkedHashSet<String> unasked;

  private final Set<String> asked = new LinkedHashSet<>();

  private record Held(String consumer, long untilNanos) {}

  private FileClaimStore(ClaimLog log, Set<String> finished, int most, LongSupplier nanos) {
    this.log = log;
    this.unasked = new LinkedHashSet<>(finished);
    this.most = most;
    this.nanos = nanos;
  }

  /** Opens or begins a store that remembers {@link #DEFAULT_MOST} finished files. */
  public static Mono<FileClaimStore> open(Path file) {
    return open(file, DEFAULT_MOST);
  }

  /**
   * Opens or begins a store. Next to the file there is a second one, {@code NAME.lock}. Signals
   * {@link FileError#BUSY} if another process, or another store of this one, uses the file.
   *
   * @param most finished files that are remembered. Beyond them those are forgotten that nobody has
   *     asked about since the file was opened; if there are none, claims signal {@link
   *     LimitExceeded}
   */
  public static Mono<FileClaimStore> open(Path file, int most) {
    return open(file, most, System::nanoTime);
  }

  static Mono<FileClaimStore> open(Path file, int most, LongSupplier nanos) {
    if (most < 1) {
      throw new IllegalArgumentException("most: " + most);
    }
    return onDisk(
        () -> {
          Set<String> finished = new LinkedHashSet<>();
          ClaimLog log = ClaimLog.open(file, finished);
          return new FileClaimStore(log, finished, most, nanos);
        });
  }

  @Override
  public Mono<Answer> claim(String key, String consumer, Duration lease) {
    return Mono.fromSupplier(() -> claimNow(ClaimLog.digest(key), consumer, lease));
  }

  private synchronized Answer claimNow(String key, String consumer, Duration lease) {
    if (unasked.remove(key)) {
      asked.add(key);
    }
    if (asked.contains(key)) {
      return Answer.FINISHED;
    }
    Held now = held.get(key);
    if (now != null && !now.consumer().equals(consumer) && !isOver(now)) {
      return Answer.HELD;
    }
    if (held.size() >= most) {
      held.values().removeIf(this::isOver);
    }
    if (asked.size() >= most || held.size() >= most) {
      throw new LimitExceeded(
          "the store of claims remembers "
              + most
              + " files, which the caller set; allow more, or delete or move files that are done");
    }
    held.put(key, until(consumer, lease));
    return Answer.CLAIMED;
  }

  @Override
  public Mono<Boolean> renew(String key, String consumer, Duration lease) {
    return Mono.fromSupplier(() -> renewNow(ClaimLog.digest(key), consumer, lease));
  }

  private synchronized boolean renewNow(String key, String consumer, Duration lease) {
    Held now = held.get(key);
    boolean ours = now != null && now.consumer().equals(consumer);
    if (ours) {
      held.put(key, until(consumer, lease));
    }
    return ours;
  }

  @Override
  public Mono<Void> finish(String key, String consumer) {
    return onDisk(() -> finishNow(ClaimLog.digest(key))).then();
  }

  /** Whoever only asks does not wait for the disk: the state has a lock of its own. */
  private boolean finishNow(String key) throws IOException {
    if (!finished(key)) {
      return false;
    }
    synchronized (log) {
      try {
        log.add(key);
      } catch (IOException e) {
        forget(key);
        throw e;
      }
      for (String oldest : removedForRoom()) {
        log.remove(oldest);
      }
      log.shorten(size(), this::finished);
    }
    return true;
  }

  private synchronized boolean finished(String key) {
    held.remove(key);
    unasked.remove(key);
    return asked.add(key);
  }

  private synchronized boolean forget(String key) {
    boolean known = asked.remove(key);
    return unasked.remove(key) || known;
  }

  /** Makes room. */
  private synchronized List<String> removedForRoom() {
    int over = Math.min(asked.size() + unasked.size() - most, unasked.size());
    List<String> oldest = unasked.stream().limit(Math.max(0, over)).toList();
    oldest.forEach(unasked::remove);
    return oldest;
  }

  private synchronized List<String> finished() {
    return Stream.concat(unasked.stream(), asked.stream()).toList();
  }

  @Override
  public Mono<Void> release(String key, String consumer) {
    return onDisk(() -> releaseNow(ClaimLog.digest(key), consumer)).then();
  }

  private boolean releaseNow(String key, String consumer) throws IOException {
    letGo(key, consumer);
    if (!forget(key)) {
      return false;
    }
    synchronized (log) {
      log.remove(key);
      log.shorten(size(), this::finished);
    }
    return true;
  }

  private synchronized void letGo(String key, String consumer) {
    Held now = held.get(key);
    if (now != null && now.consumer().equals(consumer)) {
      held.remove(key);
    }
  }

  /** Finished files that are remembered now. */
  public synchronized int size() {
    return asked.size() + unasked.size();
  }

  /** Lets go of the file. Idempotent. */
  public Mono<Void> close() {
    return onDisk(this::closeNow).then();
  }

  private boolean closeNow() throws IOException {
    synchronized (log) {
      log.close();
    }
    return true;
  }

  private Held until(String consumer, Duration lease) {
    return new Held(consumer, nanos.getAsLong() + lease.toNanos());
  }

  private boolean isOver(Held claim) {
    return nanos.getAsLong() - claim.untilNanos() >= 0;
  }

  private static <T> Mono<T> onDisk(Callable<T> work) {
    return Mono.fromCallable(work)
        .onErrorMap(
            IOException.class,
            e -> new FileFailure(FileError.IO_ERROR, "the store of claims: " + e.getMessage(), e))
        .subscribeOn(IoScheduler.shared());
  }
}
