package dev.sluice.cli.output;

import dev.sluice.cli.status.ClosedPipe;
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
public record Report(PrintWriter out, boolean json) {

  /** Prints a line for a person. */
  public void line(String text) {
    if (!json) {
      print(text);
    }
  }

  /** Prints an event for a script, as one line. */
  public void event(Event kind, Fields fields) {
    if (json) {
      print(Json.text(values(kind, fields)));
    }
  }

  /** The same for both kinds of reader. */
  public void both(String text, Event kind, Fields fields) {
    line(text);
    event(kind, fields);
  }

  /** The members of an event, checked against what is documented. */
  public static Map<String, Object> values(Event kind, Fields fields) {
    if (!kind.fields().containsAll(fields.names())) {
      throw new IllegalStateException(kind + " has no such field: " + fields.names());
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("event", kind.word());
    all.putAll(fields.values());
    return all;
  }

  /** A reader that has gone ends the command. */
  public void print(String text) {
    out.println(text);
    if (out.checkError()) {
      throw new ClosedPipe(new IOException("standard output is closed"));
    }
  }
}
