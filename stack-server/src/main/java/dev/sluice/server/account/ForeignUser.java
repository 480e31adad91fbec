package dev.sluice.server.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A user of another server, as far as a document can say the same.
 *
 * @param line where the user begins, from 1; 0 = the format has no lines
 * @param entry what the document says of the user, without the name: texts, lists and maps
 * @param limits keys besides, each of which is left out, and reported, if the server has no means
 *     for it
 * @param lost what cannot be carried over, for the operator
 */
public record ForeignUser(
    int line,
    String name,
    Map<String, Object> entry,
    Map<String, Object> limits,
    List<String> lost) {
  public ForeignUser {
    entry = new LinkedHashMap<>(entry);
    limits = new LinkedHashMap<>(limits);
    lost = List.copyOf(lost);
  }

  /** The same user, with other keys in place of what the other server had. */
  ForeignUser with(Map<String, Object> others) {
    Map<String, Object> all = new LinkedHashMap<>(entry);
    all.putAll(others);
    Map<String, Object> less = new LinkedHashMap<>(limits);
    less.keySet().removeAll(others.keySet());
    return new ForeignUser(line, name, all, less, lost);
  }
}
