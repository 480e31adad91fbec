package dev.sluice.cli.shell;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;
import org.jspecify.annotations.Nullable;

/** Lines that were typed. A line with a password is not kept, and nobody else may read the file. */
final class PrivateHistory extends DefaultHistory {
  private static final Pattern PASSWORD = Pattern.compile("://[^/@\\s]*:[^/\\s]*@");
  private static final String FILE = "sluice/history";

  @Override
  public void add(Instant time, String line) {
    if (!PASSWORD.matcher(line).find()) {
      super.add(time, line);
    }
  }

  /** Below {@code XDG_STATE_HOME}, or {@code ~/.local/state}. */
  static Path file(@Nullable String variable, Path home) {
    boolean set = variable != null && Path.of(variable).isAbsolute();
    return (set ? Path.of(variable) : home.resolve(".local/state")).resolve(FILE);
  }

  /** Makes the file, private from the start; null where that is impossible. */
  static @Nullable Path prepared(Path file, PrintWriter err) {
    try {
      Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
      Files.createDirectories(directory, asFileAttribute(fromString("rwx------")));
      if (Files.exists(file)) {
        Files.setPosixFilePermissions(file, fromString("rw-------"));
      } else {
        Files.createFile(file, asFileAttribute(fromString("rw-------")));
      }
      return file;
    } catch (IOException | UnsupportedOperationException e) {
      err.println("sluice: no history is kept: cannot use " + file + ": " + e.getMessage());
      return null;
    }
  }
}
