package dev.sluice.server.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that appears in no message.
 *
 * @param value the text itself
 * @param written how the document has it: with {@code ${NAME}} where that stands for the text
 */
public record Secret(String value, String written) {

  /** A text that is written as it is. */
  public Secret(String value) {
    this(value, value);
  }

  /** Whether {@code other} is the same text; takes as long for a wrong one of the same length. */
  public boolean matches(String other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}
