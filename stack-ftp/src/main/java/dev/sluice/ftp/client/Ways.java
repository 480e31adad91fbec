package dev.sluice.ftp.client;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the ways to one end. Immutable: new knowledge makes a new value.
 *
 * @param left those not known to fail, the best first
 * @param proven the one that has worked; null = none yet
 */
record Ways<W>(List<W> left, @Nullable W proven) {

  Ways {
    left = List.copyOf(left);
  }

  /** Nothing is known yet. */
  static <W> Ways<W> of(List<W> bestFirst) {
    return new Ways<>(bestFirst, null);
  }

  /** Those worth a try, the best first: one alone when it has worked. */
  List<W> toTry(Predicate<? super W> open) {
    W best = proven;
    return best != null && open.test(best) ? List.of(best) : left.stream().filter(open).toList();
  }

  /** {@code way} works, and those tried before it do not. */
  Ways<W> worked(W way, Collection<W> before) {
    return new Ways<>(left.stream().filter(one -> !before.contains(one)).toList(), way);
  }
}
