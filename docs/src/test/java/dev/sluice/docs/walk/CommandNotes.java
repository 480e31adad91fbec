package dev.sluice.docs.walk;

import dev.sluice.ftp.command.Verb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a table of verbs cannot say about one of them.
 *
 * @param syntax of the command line
 * @param source where it is defined
 * @param replies codes, those of success first
 * @param notes may be empty
 */
record CommandNotes(String syntax, String source, String replies, String notes) {

  /** Those of every verb that has any. */
  static Map<Verb, CommandNotes> all() {
    Map<Verb, CommandNotes> all = new EnumMap<>(Verb.class);
    text("ftp-commands.tsv")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .forEach(cell -> all.put(Verb.valueOf(cell[0]), of(cell)));
    return all;
  }

  private static CommandNotes of(String[] cell) {
    return new CommandNotes(cell[1], cell[2], cell[3], cell[4]);
  }

  /** What is written by hand in a file of the pages. */
  static String text(String file) {
    InputStream found = CommandNotes.class.getResourceAsStream("/pages/" + file);
    if (found == null) {
      throw new IllegalStateException("no " + file);
    }
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
      StringBuilder text = new StringBuilder();
      in.lines().forEach(line -> text.append(line).append('\n'));
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
