package dev.sluice.docs.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A walk-through: a text written by hand in which each section stands for one step, and under each
 * heading what a run has sent.
 *
 * <p>The text says {@code ## NAME OF THE STEP}, for every step in their order; headings that begin
 * with "About" have no step. A step without a section, or a section without a step, is an error.
 */
final class Page {
  private static final Pattern HEADING = Pattern.compile("(?m)^## (?!About)(?:\\d+\\. )?(.*)$");

  private Page() {}

  /** The sections of a page or of a text, without their numbers. */
  static List<String> sections(String page) {
    return HEADING.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
  }

  /** The page. */
  static String of(String text, List<Step> steps) {
    List<String> titles = steps.stream().map(Step::title).toList();
    if (!sections(text).equals(titles)) {
      throw new IllegalStateException("sections " + sections(text) + "\nbut steps " + titles);
    }
    List<String> lines = new ArrayList<>();
    int number = 0;
    Step open = null;
    for (String line : Stream.concat(text.lines(), Stream.of("## About")).toList()) {
      if (line.startsWith("## ") && open != null) {
        append(open, lines);
        open = null;
      }
      if (HEADING.matcher(line).matches()) {
        open = steps.get(number++);
        lines.add("## " + number + ". " + open.title());
      } else {
        lines.add(line);
      }
    }
    lines.remove(lines.size() - 1);
    return String.join("\n", lines).stripTrailing() + "\n";
  }

  private static void append(Step step, List<String> lines) {
    while (lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
    lines.add("");
    lines.add("*" + step.source() + "*");
    lines.add("");
    lines.add("```text");
    lines.addAll(step.lines());
    lines.add("```");
    lines.add("");
  }
}
