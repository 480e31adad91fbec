package dev.sluice.cli.output;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether a person sits at the other end of the standard streams, and what to ask them. */
public final class Terminal {
  public static final int INPUT = 0;
  public static final int ERROR = 2;

  private static final int DEFAULT_COLUMNS = 80;

  private Terminal() {}

  /**
   * Whether a standard stream is a terminal. Java reports only on input and output together, so
   * this asks Linux for the file of the descriptor.
   */
  public static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      }
    } catch (IOException e) {
      return false;
    }
    return console() != null;
  }

  /** Characters in a line. */
  public static int columns() {
    try {
      String columns = System.getenv("COLUMNS");
      return columns == null ? DEFAULT_COLUMNS : Math.max(40, Integer.parseInt(columns.trim()));
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }

  /** Reads a line that is not shown; null without a terminal. */
  public static @Nullable String askPassword(String question) {
    Console console = console();
    if (console == null || !isTerminal(INPUT)) {
      return null;
    }
    char[] typed = console.readPassword("%s", question);
    return typed == null ? null : new String(typed);
  }

  /** Reads a line; null without a terminal. */
  public static @Nullable String ask(String question) {
    Console console = console();
    return console == null || !isTerminal(INPUT) ? null : console.readLine("%s", question);
  }

  /** From JDK 22 on there may be one that is no terminal: it must not be asked. */
  @SuppressWarnings("SystemConsoleNull")
  private static @Nullable Console console() {
    return System.console();
  }
}
