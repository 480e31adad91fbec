package dev.sluice.bench.suite.worker;

import java.util.List;

/**
 * An order to a {@link Worker}, one line each.
 *
 * @param verb what
 * @param count of files or sessions; 0 where there is none
 * @param remote the name on the server, empty where there is none
 * @param local a path on this disk, empty where there is none
 * @param server the server to use
 */
public record Order(Verb verb, int count, String remote, String local, Endpoint server) {
  private static final int OWN_WORDS = 4;

  /** What can be done. Only transfers and logins are timed, from the end of the login on. */
  public enum Verb {
    /** Fetches a file. */
    DOWN,
    /** Sends a file. */
    UP,
    /** Fetches the {@code count} files of a directory, in one session. */
    MANY_DOWN,
    /** Sends the {@code count} files of a directory, in one session. */
    MANY_UP,
    /** Logs in and out, {@code count} times. */
    LOGINS,
    /** Opens {@code count} sessions, which stay. */
    HOLD,
    /** Closes them. */
    RELEASE
  }

  /** One line, which {@link #decode} reads. */
  public String encode() {
    return String.join("\t", verb.name(), Integer.toString(count), remote, local, server.encode());
  }

  static Order decode(String line) {
    List<String> words = List.of(line.split("\t", -1));
    return new Order(
        Verb.valueOf(words.get(0)),
        Integer.parseInt(words.get(1)),
        words.get(2),
        words.get(3),
        Endpoint.decode(words.subList(OWN_WORDS, words.size())));
  }
}
