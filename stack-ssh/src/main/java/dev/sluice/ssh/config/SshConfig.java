package dev.sluice.ssh.config;

import dev.sluice.ssh.key.trust.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A client's configuration file (ssh_config(5)): blocks of settings for the hosts whose names match
 * a pattern. Blocks that begin with {@code Match} are left out, except {@code Match all}; {@code
 * Include} is left to the caller, who can put files together.
 */
public final class SshConfig {
  private static final Set<String> BLOCKS = Set.of("host", "match");

  private final List<Block> blocks;

  /** A setting; the keyword in lower case. */
  public record Setting(String keyword, List<String> words) {}

  private record Block(List<String> patterns, List<Setting> settings) {

    boolean isFor(String host) {
      boolean matches = false;
      for (String pattern : patterns) {
        boolean negated = pattern.startsWith("!");
        if (Wildcard.matches(negated ? pattern.substring(1) : pattern, host)) {
          if (negated) {
            return false;
          }
          matches = true;
        }
      }
      return matches;
    }
  }

  private SshConfig(List<Block> blocks) {
    this.blocks = blocks;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the line that cannot be understood
   */
  public static SshConfig parse(String file) {
    List<Block> blocks = new ArrayList<>();
    Block current = new Block(List.of("*"), new ArrayList<>());
    blocks.add(current);
    int number = 0;
    for (String line : file.lines().toList()) {
      number++;
      List<String> words = ConfigLine.words(line, number);
      if (words.isEmpty()) {
        continue;
      }
      String keyword = words.get(0).toLowerCase(Locale.ROOT);
      List<String> rest = words.subList(1, words.size());
      if (BLOCKS.contains(keyword)) {
        current = new Block(patterns(keyword, rest), new ArrayList<>());
        blocks.add(current);
      } else {
        current.settings().add(new Setting(keyword, List.copyOf(rest)));
      }
    }
    return new SshConfig(List.copyOf(blocks));
  }

  /** The settings for a host, as the user called it. */
  public HostConfig forHost(String host) {
    List<Setting> settings =
        blocks.stream()
            .filter(block -> block.isFor(host))
            .flatMap(block -> block.settings().stream())
            .toList();
    return new HostConfig(host, settings);
  }

  private static List<String> patterns(String keyword, List<String> words) {
    boolean all = keyword.equals("match") && words.size() == 1 && isAll(words.get(0));
    if (all) {
      return List.of("*");
    }
    return keyword.equals("host") ? List.copyOf(words) : List.of();
  }

  private static boolean isAll(String word) {
    return word.equalsIgnoreCase("all");
  }
}
