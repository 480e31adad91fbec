package dev.sluice.cli.output;

import dev.sluice.api.FileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Colours for a person at a terminal.
 *
 * @param on whether there are any
 */
public record Paint(boolean on) {
  /** Nothing is coloured. */
  public static final Paint NONE = new Paint(false);

  private static final String RESET = "\u001b[0m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String BLUE = "\u001b[34m";
  private static final String CYAN = "\u001b[36m";
  private static final int EXECUTE = 0111;

  /** When there are colours. */
  public enum When {
    /** On a terminal that can show them, unless the variable {@code NO_COLOR} is set. */
    AUTO,
    ALWAYS,
    NEVER
  }

  /** For what is written to {@link Terminal#OUTPUT} or {@link Terminal#ERROR}. */
  public static Paint of(When when, int descriptor) {
    return of(when, Terminal.isTerminal(descriptor), System.getenv());
  }

  static Paint of(When when, boolean terminal, Map<String, String> variables) {
    return switch (when) {
      case ALWAYS -> new Paint(true);
      case NEVER -> NONE;
      case AUTO ->
          new Paint(
              terminal
                  && isEmpty(variables.get("NO_COLOR"))
                  && !"dumb".equals(variables.get("TERM")));
    };
  }

  /** As https://no-color.org has it, an empty variable means nothing. */
  private static boolean isEmpty(@Nullable String value) {
    return value == null || value.isEmpty();
  }

  /** A message about a failure. */
  public String failure(String text) {
    return in(RED, text);
  }

  /** The name of an entry, by its kind. */
  public String name(FileAttributes known, String text) {
    return switch (known.kind()) {
      case DIRECTORY -> in(BLUE, text);
      case SYMBOLIC_LINK -> in(CYAN, text);
      case OTHER -> in(YELLOW, text);
      case FILE -> isProgram(known.permissions()) ? in(GREEN, text) : text;
    };
  }

  private static boolean isProgram(int mode) {
    return mode != FileAttributes.UNKNOWN && (mode & EXECUTE) != 0;
  }

  private String in(String colour, String text) {
    return on ? colour + text + RESET : text;
  }
}
