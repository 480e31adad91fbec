package dev.sluice.cli.connect;

import dev.sluice.cli.output.Paint;
import dev.sluice.cli.output.Terminal;
import picocli.CommandLine.Option;

/** How what is printed looks. */
final class LookOptions {
  @Option(
      names = "--json",
      description = "Prints events for a script, one object of JSON on each line.")
  private boolean json;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description =
          "Colours of names and errors: always, never, or auto, which is on a terminal unless"
              + " NO_COLOR is set (default: auto).")
  private Paint.When color = Paint.When.AUTO;

  boolean json() {
    return json;
  }

  /** The colours of standard output. */
  Paint paint() {
    return Paint.of(color, Terminal.OUTPUT);
  }
}
