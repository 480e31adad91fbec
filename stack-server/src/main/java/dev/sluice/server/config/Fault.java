package dev.sluice.server.config;

import java.nio.file.Path;

/**
 * What is wrong with a document, and what to write in its place.
 *
 * @param file the document
 * @param line from 1; 0 = the document as a whole
 * @param key the path of keys, such as {@code users[2].rate.up}; empty = the document
 * @param text never holds a secret
 */
public record Fault(Path file, int line, String key, String text) {

  /** {@code FILE:LINE: KEY: TEXT}. */
  @Override
  public String toString() {
    return file
        + ":"
        + (line == 0 ? "" : line + ":")
        + " "
        + (key.isEmpty() ? "" : key + ": ")
        + text;
  }
}
