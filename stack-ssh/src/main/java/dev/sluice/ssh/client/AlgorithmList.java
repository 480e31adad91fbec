package dev.sluice.ssh.client;

import dev.sluice.ssh.key.trust.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A list of algorithms as ssh_config(5) writes it: names separated by commas, in which {@code *}
 * and {@code ?} are wildcards. {@code +} before the list appends to what is offered, {@code -}
 * removes from it, and {@code ^} moves to its front.
 *
 * @param setting the keyword, for messages
 * @param known all algorithms, including those that are offered only on request
 * @param name of an algorithm
 * @param warnings receives a sentence for each name that is not supported
 */
record AlgorithmList<A>(
    String setting, List<A> known, Function<A, String> name, Consumer<String> warnings) {

  /**
   * What is offered by the setting.
   *
   * @param text the list as written
   * @param offered what is offered without it
   * @throws IllegalArgumentException if nothing is left
   */
  List<A> apply(String text, List<A> offered) {
    char sign = text.isEmpty() ? ' ' : text.charAt(0);
    List<A> named = named("+-^".indexOf(sign) < 0 ? text : text.substring(1), sign);
    List<A> result =
        switch (sign) {
          case '+' -> joined(offered, named);
          case '^' -> joined(named, offered);
          case '-' -> offered.stream().filter(each -> !named.contains(each)).toList();
          default -> named;
        };
    if (result.isEmpty()) {
      throw new IllegalArgumentException(
          setting
              + " "
              + text
              + ": nothing is left; there are "
              + known.stream().map(name).toList());
    }
    return result;
  }

  private List<A> named(String text, char sign) {
    List<A> named = new ArrayList<>();
    for (String pattern : text.split(",", -1)) {
      List<A> fitting =
          known.stream().filter(each -> Wildcard.matches(pattern, name.apply(each))).toList();
      if (fitting.isEmpty() && sign != '-') {
        warnings.accept(setting + ": " + pattern + " is not supported and left out");
      }
      named.addAll(fitting);
    }
    return named.stream().distinct().toList();
  }

  static <A> List<A> joined(List<A> first, List<A> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }
}
