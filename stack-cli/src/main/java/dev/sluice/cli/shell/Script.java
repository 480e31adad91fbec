package dev.sluice.cli.shell;

import dev.sluice.cli.status.ExitStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** Runs lines that nobody types. */
public final class Script {
  /** Characters of the longest line. */
  private static final int LONGEST = 1 << 16;

  private final Shell shell;
  private final boolean untilError;

  /**
   * @param untilError whether the first command that fails is the last
   */
  public Script(Shell shell, boolean untilError) {
    this.shell = shell;
    this.untilError = untilError;
  }

  /** Runs all lines; answers the status of the first command that failed. */
  public int run(Reader lines) throws IOException {
    int first = ExitStatus.DONE;
    BufferedReader reader = new BufferedReader(lines);
    String line = line(reader);
    while (line != null && !shell.hasLeft()) {
      int status = shell.run(line);
      first = first == ExitStatus.DONE ? status : first;
      if (status != ExitStatus.DONE && untilError) {
        return first;
      }
      line = line(reader);
    }
    return first;
  }

  private static @org.jspecify.annotations.Nullable String line(BufferedReader reader)
      throws IOException {
    StringBuilder line = new StringBuilder();
    int letter = reader.read();
    if (letter < 0) {
      return null;
    }
    while (letter >= 0 && letter != '\n') {
      if (line.length() == LONGEST) {
        throw new IOException("a line of the script has more than " + LONGEST + " characters");
      }
      line.append((char) letter);
      letter = reader.read();
    }
    return line.toString();
  }
}
