package dev.sluice.storage.decorate;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A storage whose files are read and written no faster than a {@link Bandwidth} allows. It lends no
 * channels: what {@code sendfile} sends would not be counted. A copy inside the storage is not
 * limited.
 */
public final class ThrottledStorage implements Storage {
  private static final int LEAST = 1024;
  private static final int MOST = 64 * 1024;

  private final Storage inner;
  private final Bandwidth down;
  private final Bandwidth up;
  private final Scheduler timer;
  private final TokenBucket allDown;
  private final TokenBucket allUp;
  private final Map<String, Shared> users;

  /** The buckets of a user, kept while there are sessions. */
  private record Shared(TokenBucket down, TokenBucket up, int sessions) {
    Shared with(int more) {
      return new Shared(down, up, sessions + more);
    }
  }

  /**
   * What limits one direction of a session.
   *
   * @param buckets all of which have to be paid
   */
  record Pace(List<TokenBucket> buckets, Scheduler timer) {

    /** Completes when all that has moved so far is paid for. */
    Mono<Void> due() {
      return Mono.defer(
          () -> {
            long wait = moved(0);
            return wait == 0 ? Mono.empty() : Mono.delay(Duration.ofNanos(wait), timer).then();
          });
    }

    /** So many octets have moved; how many nanoseconds it takes to pay for them. */
    long moved(long octets) {
      long now = timer.now(TimeUnit.NANOSECONDS);
      return buckets.stream().mapToLong(bucket -> bucket.take(octets, now)).max().orElse(0);
    }

    /** Octets that may move at once: those of an eighth of a second, within reason. */
    int step() {
      long slowest = buckets.stream().mapToLong(TokenBucket::octetsPerSecond).min().orElse(MOST);
      return (int) Math.min(MOST, Math.max(LEAST, slowest / 8));
    }
  }

  private ThrottledStorage(Storage inner, Bandwidth down, Bandwidth up, Scheduler timer) {
    this.inner = inner;
    this.down = down;
    this.up = up;
    this.timer = timer;
    this.allDown = new TokenBucket(down.total());
    this.allUp = new TokenBucket(up.total());
    this.users = new ConcurrentHashMap<>();
  }

  private ThrottledStorage(Storage inner, ThrottledStorage like) {
    this.inner = inner;
    this.down = like.down;
    this.up = like.up;
    this.timer = like.timer;
    this.allDown = like.allDown;
    this.allUp = like.allUp;
    this.users = like.users;
  }

  /**
   * A limited storage.
   *
   * @param down for what is read
   * @param up for what is written
   */
  public static ThrottledStorage of(Storage storage, Bandwidth down, Bandwidth up) {
    return new ThrottledStorage(storage, down, up, Schedulers.parallel());
  }

  /** As {@link #of(Storage, Bandwidth, Bandwidth)}, by the clock of {@code timer}. */
  public static ThrottledStorage of(
      Storage storage, Bandwidth down, Bandwidth up, Scheduler timer) {
    return new ThrottledStorage(storage, down, up, timer);
  }

  /** Another storage under these limits, which count for both together. */
  public ThrottledStorage over(Storage other) {
    return new ThrottledStorage(other, this);
  }

  @Override
  public Mono<Void> check() {
    return inner.check();
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return inner.open(user).map(session -> throttled(session, user.name()));
  }

  private StorageSession throttled(StorageSession session, String user) {
    Shared shared =
        users.compute(user, (name, before) -> (before == null ? fresh() : before).with(1));
    return new ThrottledSession(
        session,
        new Pace(List.of(new TokenBucket(down.session()), shared.down(), allDown), timer),
        new Pace(List.of(new TokenBucket(up.session()), shared.up(), allUp), timer),
        () -> leave(user));
  }

  private Shared fresh() {
    return new Shared(new TokenBucket(down.user()), new TokenBucket(up.user()), 0);
  }

  private void leave(String user) {
    users.computeIfPresent(user, (name, before) -> before.sessions == 1 ? null : before.with(-1));
  }
}
