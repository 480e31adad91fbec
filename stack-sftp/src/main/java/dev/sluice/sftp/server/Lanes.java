package dev.sluice.sftp.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order in which requests run (draft-ietf-secsh-filexfer-02 section 6.1): those that share a
 * lane run one after the other as they arrived, others run at the same time. A request whose scope
 * is {@link Scope#ALL} runs alone. Single-threaded, and knows nothing of requests.
 */
final class Lanes<T> {
  /** Whether what comes next in a lane runs together with what is about to run. */
  interface Joining<T> {
    boolean joins(List<T> turn, T next);
  }

  /** Work of one scope that runs at once. */
  record Turn<T>(Scope scope, List<T> works) {}

  private static final class Entry<T> {
    final Scope scope;
    final T work;
    int lanesBehind; // lanes in which others come first
    boolean runs;

    Entry(Scope scope, T work) {
      this.scope = scope;
      this.work = work;
    }

    boolean isInOneLane() {
      return scope.lanes().size() == 1;
    }
  }

  private final Joining<T> joining;
  private final Map<Object, ArrayDeque<Entry<T>>> lanes = new HashMap<>();
  private final ArrayDeque<Entry<T>> ready = new ArrayDeque<>();
  private final ArrayDeque<Entry<T>> held = new ArrayDeque<>(); // queued after one that runs alone
  private int admitted; // and not ended yet
  private boolean loneAdmitted;

  Lanes(Joining<T> joining) {
    this.joining = joining;
  }

  void add(Scope scope, T work) {
    held.add(new Entry<>(scope, work));
    admitHeld();
  }

  /**
   * What may run now and was not handed out; null = nothing. Report its {@linkplain #ended end}.
   */
  @Nullable Turn<T> next() {
    Entry<T> first = ready.poll();
    if (first == null) {
      return null;
    }
    first.runs = true;
    return new Turn<>(first.scope, first.isInOneLane() ? joined(first) : List.of(first.work));
  }

  /** {@code turn} has run: what waited for it may run. */
  void ended(Turn<T> turn) {
    int count = turn.works().size();
    for (Object key : turn.scope().lanes()) {
      ArrayDeque<Entry<T>> lane = lane(key);
      for (int i = 0; i < count; i++) {
        lane.remove();
      }
      Entry<T> head = lane.peek();
      if (head == null) {
        lanes.remove(key);
      } else if (--head.lanesBehind == 0) {
        ready.add(head);
      }
    }
    admitted -= count;
    loneAdmitted &= !turn.scope().all();
    admitHeld();
  }

  /** Forgets everything, and returns what was not handed out. */
  List<T> clear() {
    Set<Entry<T>> entries = new LinkedHashSet<>(ready);
    lanes.values().forEach(entries::addAll);
    entries.addAll(held);
    lanes.clear();
    ready.clear();
    held.clear();
    return entries.stream().filter(entry -> !entry.runs).map(entry -> entry.work).toList();
  }

  private List<T> joined(Entry<T> first) {
    List<T> works = new ArrayList<>(4);
    works.add(first.work);
    for (Entry<T> entry : lane(first.scope.lanes().get(0))) {
      if (entry == first) {
        continue;
      }
      if (!entry.isInOneLane() || !joining.joins(works, entry.work)) {
        break;
      }
      entry.runs = true;
      works.add(entry.work);
    }
    return works;
  }

  private void admitHeld() {
    while (!held.isEmpty() && !loneAdmitted) {
      boolean lone = held.element().scope.all();
      if (lone && admitted > 0) {
        return;
      }
      loneAdmitted = lone;
      admit(held.remove());
    }
  }

  private void admit(Entry<T> entry) {
    admitted++;
    for (Object key : entry.scope.lanes()) {
      ArrayDeque<Entry<T>> lane = lane(key);
      if (!lane.isEmpty()) {
        entry.lanesBehind++;
      }
      lane.add(entry);
    }
    if (entry.lanesBehind == 0) {
      ready.add(entry);
    }
  }

  private ArrayDeque<Entry<T>> lane(Object key) {
    return lanes.computeIfAbsent(key, any -> new ArrayDeque<>());
  }
}
