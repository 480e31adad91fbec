package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which entries of a tree take part: the first rule that matches decides, and what none matches
 * takes part. In an excluded directory nothing takes part, whatever other rules say.
 *
 * <p>A glob is compared with the path from the top of the tree. One that begins with {@code /}
 * matches from the top only; any other one matches the end of the path, whole names. One that ends
 * in {@code /} matches directories only. {@code *}, {@code ?} and {@code [...]} stay within a name;
 * a name of {@code **} stands for any number of names. To take only some files of a whole tree,
 * include them, then {@code *} with a slash after it for every directory, and exclude {@code *}.
 *
 * @param rules in order
 */
public record Filter(List<Rule> rules) {
  private static final Filter ALL = new Filter(List.of());

  public Filter {
    rules = List.copyOf(rules);
  }

  /**
   * A rule.
   *
   * @param include whether what matches takes part
   * @param glob is compared with the path, see {@link Filter}
   */
  public record Rule(boolean include, String glob) {
    public Rule {
      PathGlob checked = PathGlob.of(glob);
      assert checked != null;
    }
  }

  /** Everything. */
  public static Filter all() {
    return ALL;
  }

  /** Adds a rule at the end. */
  public Filter include(String glob) {
    return with(new Rule(true, glob));
  }

  /** Adds a rule at the end. */
  public Filter exclude(String glob) {
    return with(new Rule(false, glob));
  }

  /** Adds the rules of another filter at the end. */
  public Filter and(Filter more) {
    List<Rule> all = new ArrayList<>(rules);
    all.addAll(more.rules);
    return new Filter(all);
  }

  /**
   * Reads rules, one a line: {@code + glob} includes, {@code - glob} excludes; empty lines and
   * those that begin with {@code #} say nothing.
   *
   * @param origin names the text in errors
   * @throws IllegalArgumentException for any other line, with its number
   */
  public static Filter parse(String text, String origin) {
    List<Rule> rules = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String rule = line.strip();
      if (rule.isEmpty() || rule.startsWith("#")) {
        continue;
      }
      try {
        rules.add(rule(rule));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(origin + ":" + number + ": " + e.getMessage(), e);
      }
    }
    return new Filter(rules);
  }

  /**
   * {@link #parse} of a file in UTF-8; blocks.
   *
   * @throws IllegalArgumentException for a line that is no rule
   */
  public static Filter read(Path file) throws IOException {
    return parse(Files.readString(file), file.toString());
  }

  /**
   * Whether an entry below {@code top}, the top of the tree, takes part, provided that its
   * directory does.
   */
  public Predicate<FileEntry> below(RemotePath top) {
    Matcher matcher = matcher();
    return entry ->
        matcher.lets(entry.path().relativeTo(top).names(), entry.attributes().isDirectory());
  }

  private static Rule rule(String line) {
    boolean include = line.startsWith("+ ");
    if (!include && !line.startsWith("- ")) {
      throw new IllegalArgumentException(
          "\"" + line + "\" is no rule; write + GLOB, - GLOB, or # and a comment");
    }
    return new Rule(include, line.substring(2).strip());
  }

  private Filter with(Rule rule) {
    List<Rule> all = new ArrayList<>(rules);
    all.add(rule);
    return new Filter(all);
  }

  /** The rules, ready to be asked. */
  Matcher matcher() {
    return new Matcher(
        rules.stream()
            .map(rule -> new Matcher.Line(rule.include(), PathGlob.of(rule.glob())))
            .toList());
  }

  /** Rules that were understood. */
  record Matcher(List<Line> lines) {

    /** A rule that was understood. */
    record Line(boolean include, PathGlob glob) {}

    /**
     * Whether an entry takes part, provided that its directory does.
     *
     * @param names from the top of the tree
     */
    boolean lets(List<String> names, boolean directory) {
      for (Line line : lines) {
        if (line.glob().matches(names, directory)) {
          return line.include();
        }
      }
      return true;
    }
  }
}
