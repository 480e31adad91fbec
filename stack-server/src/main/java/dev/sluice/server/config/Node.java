package dev.sluice.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A value of a document and where it stands. */
sealed interface Node {
  Spot spot();

  /**
   * A place in a file.
   *
   * @param line from 1
   */
  record Spot(Path file, int line) {}

  /**
   * A text, a number or a truth value.
   *
   * @param value with variables replaced
   * @param written as the document has it
   */
  record Text(Spot spot, String value, String written) implements Node {
    /** The value where it may be shown: the content of a variable is not. */
    String shown() {
      return "\"" + written + "\"";
    }

    @Override
    public String toString() {
      return "Text[" + spot + "]"; // may be a secret
    }
  }

  /** A key without a value. */
  record Nothing(Spot spot) implements Node {}

  /** Values in a row. */
  record Items(Spot spot, List<Node> all) implements Node {}

  /** Keys in their order, each with its own place. */
  record Keys(Spot spot, Map<String, Node> all, Map<String, Spot> spots) implements Node {
    static Keys none(Spot spot) {
      return new Keys(spot, Map.of(), Map.of());
    }
  }
}
