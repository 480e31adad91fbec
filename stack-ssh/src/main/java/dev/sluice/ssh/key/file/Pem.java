package dev.sluice.ssh.key.file;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Octets between two lines of armour (RFC 7468, RFC 1421).
 *
 * @param label what the armour says it is
 * @param headers those before the octets, by name; old encrypted files have some
 */
record Pem(String label, Map<String, String> headers, byte[] content) {
  private static final String DASHES = "-----";
  private static final String BEGIN = DASHES + "BEGIN ";
  private static final String END = DASHES + "END ";
  private static final int LINE = 70;

  /** The first armoured part; text around it is ignored. */
  static Pem parse(String text) {
    List<String> lines = text.lines().map(String::strip).toList();
    int begin = 0;
    while (begin < lines.size() && !lines.get(begin).startsWith(BEGIN)) {
      begin++;
    }
    if (begin == lines.size() || !lines.get(begin).endsWith(DASHES)) {
      throw new KeyFileException.Damaged("no line of armour begins a key");
    }
    String first = lines.get(begin);
    String label = first.substring(BEGIN.length(), Math.max(BEGIN.length(), first.length() - 5));
    int end = lines.indexOf(END + label + DASHES);
    if (end < begin) {
      throw new KeyFileException.Damaged("no line of armour ends the " + label);
    }
    return body(label, lines.subList(begin + 1, end));
  }

  /** The text of a file that holds {@code content}. */
  static String format(String label, byte[] content) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
    return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
  }

  private static Pem body(String label, List<String> lines) {
    Map<String, String> headers = new HashMap<>();
    StringBuilder base64 = new StringBuilder();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon >= 0) {
        headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
      } else {
        base64.append(line);
      }
    }
    return new Pem(label, Map.copyOf(headers), Base64.getDecoder().decode(base64.toString()));
  }
}
