package dev.sluice.cli.output;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether a person sits at the other end of the standard streams, and what to ask them. */
public final class Terminal {
  public static final int INPUT = 0;
  public static final int OUTPUT = 1;
  public static final int ERROR = 2;

  private static final Size USUAL = new Size(24, 80);
  private static final long SIZE_NANOS = 2_000_000_000;

  private static @Nullable Size size;
  private static long sizeNanos;

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

  /** Whether lines can be drawn over on standard error. */
  public static boolean isDrawable() {
    return isTerminal(ERROR) && !"dumb".equals(System.getenv("TERM"));
  }

  /**
   * Of the terminal as it is now: of the variables {@code COLUMNS} and {@code LINES} if the shell
   * hands them down, otherwise as {@code stty} says. Asked for again after a while only.
   */
  public static synchronized Size size() {
    long now = System.nanoTime();
    Size known = size;
    if (known == null || now - sizeNanos > SIZE_NANOS) {
      known =
          Size.parsed(System.getenv("LINES"), System.getenv("COLUMNS"))
              .orElseGet(Terminal::measured);
      size = known;
      sizeNanos = now;
    }
    return known;
  }

  private static Size measured() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      try (InputStream out = stty.getInputStream()) {
        String[] words =
            stty.waitFor(1, TimeUnit.SECONDS)
                ? new String(out.readNBytes(100), StandardCharsets.US_ASCII).strip().split(" ")
                : new String[0];
        return words.length == 2 ? Size.parsed(words[0], words[1]).orElse(USUAL) : USUAL;
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
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

  /** Lines, and characters in a line. */
  public record Size(int rows, int columns) {
    private static final int LEAST_ROWS = 2;
    private static final int LEAST_COLUMNS = 10;

    static Optional<Size> parsed(@Nullable String rows, @Nullable String columns) {
      try {
        return columns == null || Integer.parseInt(columns.strip()) <= 0
            ? Optional.empty()
            : Optional.of(
                new Size(
                    Math.max(LEAST_ROWS, rows == null ? USUAL.rows() : Integer.parseInt(rows)),
                    Math.max(LEAST_COLUMNS, Integer.parseInt(columns.strip()))));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
