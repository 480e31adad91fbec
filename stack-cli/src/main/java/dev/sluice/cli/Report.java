package dev.sluice.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a command prints on standard output: lines for a person, or events for a script, never both.
 *
 * @param out standard output
 * @param json whether a script reads it
 */
record Report(PrintWriter out, boolean json) {

  /** Prints a line for a person. */
  void line(String text) {
    if (!json) {
      print(text);
    }
  }

  /** Prints an event for a script, as one line. */
  void event(Event kind, Fields fields) {
    if (json) {
      print(Json.text(values(kind, fields)));
    }
  }

  /** The same for both kinds of reader. */
  void both(String text, Event kind, Fields fields) {
    line(text);
    event(kind, fields);
  }

  /** The members of an event, checked against what is documented. */
  static Map<String, Object> values(Event kind, Fields fields) {
    if (!kind.fields().containsAll(fields.names())) {
      throw new IllegalStateException(kind + " has no such field: " + fields.names());
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("event", kind.word());
    all.putAll(fields.values());
    return all;
  }

  /** A reader that has gone ends the command. */
  void print(String text) {
    out.println(text);
    if (out.checkError()) {
      throw new ClosedPipe(new IOException("standard output is closed"));
    }
  }
}
