package dev.sluice.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The permissions that this user does not give to new files. */
public final class Umask {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "Umask:";
  private static final int CUSTOMARY = 022;

  private Umask() {}

  /** As Linux shows it; 022 elsewhere. */
  public static int ofProcess() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(LINE))
          .map(line -> Integer.parseInt(line.substring(LINE.length()).strip(), 8) & 0777)
          .findFirst()
          .orElse(CUSTOMARY);
    } catch (IOException | NumberFormatException e) {
      return CUSTOMARY;
    }
  }
}
