package dev.sluice.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory for answers that wait for their clients, for all connections of a process. Safe for many
 * threads.
 *
 * <p>A connection may hold as much as is free. The more is taken, the less each connection may add,
 * so the free memory is never used up completely (dynamic thresholds, Choudhury and Hahne 1998).
 * One user may hold half of the total over all connections, and one connection a quarter. A
 * connection that holds nothing may always add one answer, so no connection waits for others for
 * ever.
 */
public final class AnswerMemory {
  private static final long LEAST = 16L << 20;
  private static final long MOST = 1L << 30;
  private static final AnswerMemory PROCESS =
      new AnswerMemory(Math.max(LEAST, Math.min(MOST, Runtime.getRuntime().maxMemory() / 4)));

  private final long limit;
  private final AtomicLong held = new AtomicLong();
  private final Map<String, AtomicLong> users = new ConcurrentHashMap<>();

  /**
   * @param limit octets in total
   */
  public AnswerMemory(long limit) {
    this.limit = limit;
  }

  /** The memory of this process: a quarter of the heap, 16 MiB to 1 GiB. */
  public static AnswerMemory process() {
    return PROCESS;
  }

  /** Octets held now. */
  public long held() {
    return held.get();
  }

  /** The share of a new connection. */
  public Share connection() {
    return new Share();
  }

  /** The memory that one connection holds. Must be closed with it. */
  public final class Share {
    private final AtomicLong mine = new AtomicLong();
    private volatile @Nullable AtomicLong users;
    private @Nullable String name;

    private Share() {}

    /** From now on, also counts the held memory for this user. Later calls change nothing. */
    public synchronized void of(String user) {
      if (name == null) {
        name = user;
        AtomicLong counter =
            AnswerMemory.this.users.compute(
                user, (key, known) -> known == null ? new AtomicLong() : known);
        counter.addAndGet(mine.get());
        users = counter;
      }
    }

    /** Octets that may be added; 0 = none until some were sent. */
    public long room() {
      long own = mine.get();
      if (own <= 0) {
        return Math.max(1, most(0));
      }
      return Math.max(0, most(own));
    }

    private long most(long own) {
      long room = Math.min(limit - held.get(), limit / 4) - own;
      AtomicLong user = users;
      return user == null ? room : Math.min(room, limit / 2 - user.get());
    }

    /** Counts octets that were added; negative = removed. */
    public void add(long octets) {
      mine.addAndGet(octets);
      held.addAndGet(octets);
      AtomicLong user = users;
      if (user != null) {
        user.addAndGet(octets);
      }
    }

    /** Forgets the user when nothing is held for them any more. */
    public synchronized void close() {
      AtomicLong user = users;
      String key = name;
      if (user != null && key != null) {
        AnswerMemory.this.users.computeIfPresent(
            key, (same, counter) -> counter.get() == 0 ? null : counter);
      }
    }
  }
}
