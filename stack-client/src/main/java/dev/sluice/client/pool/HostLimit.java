package dev.sluice.client.pool;

import dev.sluice.api.FileSession;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.TimedOut;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The most sessions with one host, counted over all pools and clients that share this. Who comes
 * later waits for a session to end, in turn.
 */
public final class HostLimit {
  private final int most;
  private final Duration longest;
  private final Map<String, Host> hosts = new HashMap<>();

  private HostLimit(int most, Duration longest) {
    this.most = most;
    this.longest = longest;
  }

  /**
   * A limit that nobody uses yet.
   *
   * @param most sessions with each host, at least 1
   * @param longest wait for another session to end; then {@link TimedOut} is signalled
   */
  public static HostLimit of(int most, Duration longest) {
    if (most < 1 || longest.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("most " + most + ", longest " + longest);
    }
    return new HostLimit(most, longest);
  }

  /** {@code connect}, which counts for {@code host} until its session has ended. */
  public <S extends FileSession> Mono<S> limited(String host, Mono<S> connect) {
    String key = host.toLowerCase(Locale.ROOT);
    return turn(key)
        .doOnDiscard(Turn.class, Turn::end) // given to a caller that is gone
        .timeout(longest)
        .onErrorMap(
            TimeoutException.class,
            late -> new TimedOut("one of the " + most + " sessions with " + host, longest))
        .flatMap(turn -> connect.transform(made -> counted(made, turn)));
  }

  private static <S extends FileSession> Mono<S> counted(Mono<S> connect, Turn turn) {
    return connect
        .doOnNext(
            session -> {
              turn.used.set(true);
              session.onClosed().onErrorComplete().doFinally(how -> turn.end()).subscribe();
            })
        .doFinally(
            how -> {
              if (!turn.used.get()) {
                turn.end();
              }
            });
  }

  private Mono<Turn> turn(String host) {
    return Mono.create(
        sink -> {
          boolean free;
          synchronized (hosts) {
            Host at = hosts.computeIfAbsent(host, unused -> new Host());
            if (at.waiting.size() >= SessionPool.MOST_WAITING) {
              sink.error(new LimitExceeded(SessionPool.MOST_WAITING + " callers wait for " + host));
              return;
            }
            free = at.open < most;
            if (free) {
              at.open++;
            } else {
              at.waiting.add(sink);
            }
          }
          sink.onCancel(() -> forget(host, sink));
          if (free) {
            sink.success(new Turn(host));
          }
        });
  }

  private void forget(String host, MonoSink<Turn> sink) {
    synchronized (hosts) {
      Host at = hosts.get(host);
      if (at != null) {
        at.waiting.remove(sink);
      }
    }
  }

  private void ended(String host) {
    MonoSink<Turn> next;
    synchronized (hosts) {
      next = next(host);
    }
    if (next != null) {
      next.success(new Turn(host));
    }
  }

  private @Nullable MonoSink<Turn> next(String host) {
    Host at = hosts.get(host);
    if (at == null) {
      return null;
    }
    MonoSink<Turn> next = at.waiting.poll();
    if (next == null && --at.open == 0) {
      hosts.remove(host);
    }
    return next;
  }

  /** Sessions of one host. */
  private static final class Host {
    private final Deque<MonoSink<Turn>> waiting = new ArrayDeque<>();
    private int open;
  }

  /** A session that may be opened, and is then open. */
  private final class Turn {
    private final String host;
    private final AtomicBoolean used = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    Turn(String host) {
      this.host = host;
    }

    void end() {
      if (over.compareAndSet(false, true)) {
        ended(host);
      }
    }
  }
}
