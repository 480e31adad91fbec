package dev.sluice.ftp.client;

import dev.sluice.ftp.FtpReply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The features that a server lists (RFC 2389 section 3.2), less those it has refused since.
 *
 * <p>A server that does not know FEAT may still know the rest: everything is worth a try then.
 */
final class Features {
  /** The features of a server that does not list them. */
  static final Features UNKNOWN = new Features(false, Map.of(), Set.of());

  private final boolean told;
  private final Map<String, String> parameters;
  private final Set<String> refused;

  private Features(boolean told, Map<String, String> parameters, Set<String> refused) {
    this.told = told;
    this.parameters = parameters;
    this.refused = refused;
  }

  /** Reads the reply to FEAT: any letter case, any order, with or without blanks or a prefix. */
  static Features of(FtpReply reply) {
    if (!reply.isCompletion()) {
      return UNKNOWN;
    }
    Map<String, String> found = new HashMap<>();
    List<String> lines = reply.lines();
    for (int i = 1; i < lines.size() - 1; i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("211-")) {
        line = line.substring(4).strip();
      }
      int space = line.indexOf(' ');
      String name = space < 0 ? line : line.substring(0, space);
      String parameter = space < 0 ? "" : line.substring(space + 1).strip();
      found.merge(
          name.toUpperCase(Locale.ROOT), parameter, (first, second) -> first + ";" + second);
    }
    return new Features(true, Map.copyOf(found), Set.of());
  }

  /** Whether the server listed the feature. */
  boolean lists(String name) {
    return parameters.containsKey(name);
  }

  /** The text after the feature's name, in upper case; empty when it is not listed. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "").toUpperCase(Locale.ROOT);
  }

  /** Whether the server listed MFF for a fact, named in upper case. */
  boolean canSet(String fact) {
    return (";" + parameter("MFF")).contains(";" + fact + ";");
  }

  /** Whether it may work: listed, or nothing is known, and not refused yet. */
  boolean mayHave(String name) {
    return !refused.contains(name) && (!told || lists(name));
  }

  Features without(String name) {
    Set<String> more = new HashSet<>(refused);
    more.add(name);
    return new Features(told, parameters, Set.copyOf(more));
  }
}
