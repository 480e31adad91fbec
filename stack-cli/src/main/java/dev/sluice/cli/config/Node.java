package dev.sluice.cli.config;

import java.util.Map;

/** A value of a file and where it stands. */
sealed interface Node {
  /** From 1. */
  int line();

  /** A text, a number or a truth value as it is written. */
  record Text(int line, String value) implements Node {
    @Override
    public String toString() {
      return "Text[line " + line + "]"; // may be a secret
    }
  }

  /** Keys in their order. */
  record Keys(int line, Map<String, Node> all) implements Node {}
}
