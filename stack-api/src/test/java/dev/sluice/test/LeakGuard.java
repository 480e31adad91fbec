package dev.sluice.test;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A leak detector that collects what it finds, so that a lost buffer fails the tests.
 *
 * <p>Netty creates one per resource type, in every test process, because the system property {@code
 * io.netty.customResourceLeakDetector} names this class. {@link LeakCheck} asks for the findings.
 *
 * @param <T> the resource that is watched
 */
public final class LeakGuard<T> extends ResourceLeakDetector<T> {
  private static final List<LeakGuard<?>> GUARDS = new CopyOnWriteArrayList<>();
  private static final Pattern RUNNER =
      Pattern.compile("\\s*(org\\.junit\\.|org\\.apache\\.maven\\.|java\\.base/)");
  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  /** Called by Netty, by reflection. */
  public LeakGuard(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
    GUARDS.add(this);
  }

  /** Called by Netty, by reflection. */
  public LeakGuard(Class<?> resourceType, int samplingInterval, long maxActive) {
    this(resourceType, samplingInterval);
  }

  /**
   * Returns the leaks found since the last call, each with the places where it was touched.
   *
   * @param rounds garbage collections to run first; a leak shows only after one
   */
  public static List<String> drain(int rounds) {
    for (int i = 0; i < rounds; i++) {
      collectGarbage();
      GUARDS.forEach(LeakGuard::poke);
    }
    List<String> leaks = new ArrayList<>();
    for (String leak = FOUND.poll(); leak != null; leak = FOUND.poll()) {
      leaks.add(leak);
    }
    return leaks;
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    FOUND.add(resourceType + " was not released before it was garbage collected." + ours(records));
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    FOUND.add(resourceType + " was not released before it was garbage collected.");
  }

  /** Lets the detector look at its queue: it does so only when it is asked to track something. */
  @SuppressWarnings("unchecked")
  private void poke() {
    T probe = (T) new Object();
    ResourceLeakTracker<T> tracker = track(probe);
    if (tracker != null) {
      tracker.close(probe);
    }
  }

  /** Drops the frames of the test runner: they are many and the same in every report. */
  private static String ours(String records) {
    return records
        .lines()
        .filter(line -> !RUNNER.matcher(line).lookingAt())
        .collect(Collectors.joining("\n"));
  }

  private static void collectGarbage() {
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    WeakReference<Object> sentinel = new WeakReference<>(new Object(), collected);
    System.gc();
    try {
      // References are enqueued shortly after a collection, by a thread of the JVM.
      if (collected.remove(1_000) != sentinel) {
        throw new IllegalStateException("no garbage collection within a second");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
