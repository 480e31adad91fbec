package dev.sluice.ssh.config;

import dev.sluice.ssh.key.trust.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hosts that a block of settings is for: the words after {@code Host} or {@code Match}. */
sealed interface MatchBlock {

  /** What is known of a host where the block begins. */
  record Subject(String original, String host, String user) {}

  boolean isFor(Subject subject);

  /** Why it cannot be decided whether the block is for a host; empty = it can. */
  default Optional<String> undecidable() {
    return Optional.empty();
  }

  /** The words after {@code Host}. */
  static MatchBlock host(List<String> patterns) {
    return new Names("originalhost", List.copyOf(patterns));
  }

  /**
   * The words after {@code Match}; throws an {@link IllegalArgumentException} if there are none.
   */
  static MatchBlock match(List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("Match needs a condition");
    }
    List<MatchBlock> all = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean negated = words.get(i).startsWith("!");
      String criterion = words.get(i).substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
      String value = null;
      int equals = criterion.indexOf('=');
      if (equals > 0) {
        value = words.get(i).substring(words.get(i).indexOf('=') + 1);
        criterion = criterion.substring(0, equals);
      } else if (!ALONE.contains(criterion) && i + 1 < words.size()) {
        value = words.get(++i);
      }
      MatchBlock one = criterion(criterion, value);
      all.add(negated ? new Not(one) : one);
    }
    return new All(List.copyOf(all));
  }

  Set<String> ALONE = Set.of("all", "canonical", "final");
  Set<String> NAMES = Set.of("host", "originalhost", "user", "localuser");

  private static MatchBlock criterion(String criterion, @Nullable String value) {
    if (criterion.equals("all")) {
      return new All(List.of());
    }
    if (NAMES.contains(criterion) && value != null) {
      return new Names(criterion, List.of(value.split(",", -1)));
    }
    return new Unknown(criterion);
  }

  /** Patterns: one must match, and no negated one may. */
  record Names(String of, List<String> patterns) implements MatchBlock {
    @Override
    public boolean isFor(Subject subject) {
      String name =
          switch (of) {
            case "host" -> subject.host();
            case "user" -> subject.user();
            case "localuser" -> System.getProperty("user.name");
            default -> subject.original();
          };
      boolean matches = false;
      for (String pattern : patterns) {
        boolean negated = pattern.startsWith("!");
        if (Wildcard.matches(negated ? pattern.substring(1) : pattern, name)) {
          if (negated) {
            return false;
          }
          matches = true;
        }
      }
      return matches;
    }
  }

  /** Conditions that must all hold. */
  record All(List<MatchBlock> conditions) implements MatchBlock {
    @Override
    public boolean isFor(Subject subject) {
      return conditions.stream().allMatch(condition -> condition.isFor(subject));
    }

    @Override
    public Optional<String> undecidable() {
      return conditions.stream().flatMap(each -> each.undecidable().stream()).findFirst();
    }
  }

  /** A condition that must not hold. */
  record Not(MatchBlock condition) implements MatchBlock {
    @Override
    public boolean isFor(Subject subject) {
      return !condition.isFor(subject);
    }

    @Override
    public Optional<String> undecidable() {
      return condition.undecidable();
    }
  }

  /** A condition that we cannot decide, such as {@code exec}. */
  record Unknown(String criterion) implements MatchBlock {
    @Override
    public boolean isFor(Subject subject) {
      return false;
    }

    @Override
    public Optional<String> undecidable() {
      return Optional.of(criterion);
    }
  }
}
