package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Sets facts of a file: {@code MFF fact=value;… path} (draft-somers-ftp-mfxx section 5).
 *
 * @param facts names as written, in order
 */
public record SetFacts(Map<String, String> facts, String path) implements FtpCommand {

  static SetFacts decode(Verb verb, String argument) {
    int space = argument.indexOf(' ');
    if (space <= 0 || space == argument.length() - 1 || argument.charAt(space - 1) != ';') {
      throw Refusal.syntax(verb, "fact=value;... pathname");
    }
    Map<String, String> facts = new LinkedHashMap<>();
    for (String fact : argument.substring(0, space - 1).split(";", -1)) {
      int equals = fact.indexOf('=');
      if (equals <= 0) {
        throw Refusal.syntax(verb, "fact=value;... pathname");
      }
      facts.put(fact.substring(0, equals), fact.substring(equals + 1));
    }
    return new SetFacts(facts, argument.substring(space + 1));
  }

  @Override
  public Verb verb() {
    return Verb.MFF;
  }

  @Override
  public String argument() {
    StringJoiner joined = new StringJoiner(";", "", ";");
    facts.forEach((name, value) -> joined.add(name + "=" + value));
    return joined + " " + path;
  }
}
