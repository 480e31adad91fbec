package dev.sluice.bench.suite.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * What a {@link ServerMain} says when it listens.
 *
 * @param lastPort the last of its ports; the first is the endpoint's
 * @param root the directory that it serves
 * @param endpoint how it is reached
 */
public record Welcome(int lastPort, Path root, Endpoint endpoint) {
  private static final int OWN_WORDS = 2;

  /** One line, which {@link #decode} reads. */
  public String encode() {
    return lastPort + "\t" + root + "\t" + endpoint.encode();
  }

  /**
   * Reads the line.
   *
   * @throws IllegalStateException when it says something else
   */
  public static Welcome decode(String line) {
    List<String> words = List.of(line.split("\t", -1));
    if (words.size() != OWN_WORDS + Endpoint.WORDS) {
      throw new IllegalStateException("said: " + line);
    }
    Endpoint endpoint = Endpoint.decode(words.subList(OWN_WORDS, words.size()));
    return new Welcome(Integer.parseInt(words.get(0)), Path.of(words.get(1)), endpoint);
  }
}
