package dev.sluice.ssh.auth;

import dev.sluice.ssh.key.SignatureAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a server requires of a login.
 *
 * @param sequences of methods, each of which suffices when all its steps have succeeded in order
 * @param algorithms with which keys may prove themselves
 * @param minRsaBits a user's key of fewer bits is refused
 * @param banner shown before the login; empty = none
 * @param failures that end the connection
 * @param refusalTime the least time from a request to its refusal, the same for all users
 */
public record LoginPolicy(
    List<List<String>> sequences,
    List<SignatureAlgorithm> algorithms,
    int minRsaBits,
    String banner,
    int failures,
    Duration refusalTime) {

  public LoginPolicy {
    sequences = sequences.stream().map(List::copyOf).toList();
    algorithms = List.copyOf(algorithms);
    if (sequences.isEmpty() || sequences.stream().anyMatch(List::isEmpty) || failures < 1) {
      throw new IllegalArgumentException(
          "login: sequences " + sequences + ", failures " + failures);
    }
  }

  boolean isEnough(List<String> done) {
    return sequences.contains(done);
  }

  /** The methods that may continue the login from here. */
  List<String> next(List<String> done) {
    Set<String> methods = new LinkedHashSet<>();
    for (List<String> sequence : sequences) {
      boolean begun =
          sequence.size() > done.size() && sequence.subList(0, done.size()).equals(done);
      if (begun) {
        methods.add(sequence.get(done.size()));
      }
    }
    return Collections.unmodifiableList(new ArrayList<>(methods));
  }
}
