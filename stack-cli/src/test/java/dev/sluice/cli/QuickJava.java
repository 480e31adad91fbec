package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Java as the launcher starts it: with an archive of the classes of {@code sluice.jar}, which is
 * made once.
 */
final class QuickJava {
  private static final String JAR = Path.of("target", "sluice.jar").toAbsolutePath().toString();

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final Path ARCHIVE = Path.of("target", "archive", "test").toAbsolutePath();
  private static final long PATIENCE_SECONDS = 300;

  /** In tests they end as soon as all others. */
  private static final List<String> STAYING = List.of("serve", "demo", "watch", "shell");

  private QuickJava() {}

  /** The start of the line that runs {@code command}; its name and arguments follow. */
  static List<String> running(String command) throws IOException {
    Path common = ARCHIVE.resolve("command.args");
    prepare(common);
    Path own = ARCHIVE.resolve(command + ".args");
    List<String> line = new ArrayList<>(List.of(JAVA, "@" + (Files.exists(own) ? own : common)));
    if (STAYING.contains(command)) {
      line.add("-XX:TieredStopAtLevel=1");
    }
    line.addAll(List.of("-jar", JAR));
    return line;
  }

  private static synchronized void prepare(Path options) throws IOException {
    if (Files.exists(options)
        && Files.getLastModifiedTime(options).compareTo(Files.getLastModifiedTime(Path.of(JAR)))
            > 0) {
      return;
    }
    Process tool =
        new ProcessBuilder(
                JAVA, "-cp", JAR, "dev.sluice.cli.archive.ArchiveTool", ARCHIVE.toString())
            .inheritIO()
            .start();
    try {
      if (!tool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
        throw new IOException("no archive of classes, see above");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      tool.destroyForcibly();
    }
  }
}
