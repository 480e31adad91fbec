package dev.sluice.ftp.listing;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line of MLSD or MLST (RFC 3659 section 7.2).
 *
 * @param name what stands behind the facts
 * @param facts by lower-case name
 */
public record MlsxEntry(String name, Map<String, String> facts) {

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static MlsxEntry parse(String line) {
    int space = line.indexOf(' ');
    if (space < 0 || space == line.length() - 1) {
      throw new IllegalArgumentException("no name");
    }
    Map<String, String> facts = new TreeMap<>();
    for (String fact : line.substring(0, space).split(";", -1)) {
      int equals = fact.indexOf('=');
      if (equals > 0) {
        facts.put(fact.substring(0, equals).toLowerCase(Locale.ROOT), fact.substring(equals + 1));
      }
    }
    return new MlsxEntry(line.substring(space + 1), facts);
  }
}
