package dev.sluice.ssh;

import dev.sluice.ssh.config.SshConfig;
import dev.sluice.ssh.key.trust.Wildcard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads configuration files of OpenSSH, and those they include. Blocks: call it off the event loop.
 */
public final class SshConfigFile {
  private static final int MOST_FILES = 1000;

  private SshConfigFile() {}

  /**
   * Reads a file. Words after {@code Include} are relative to {@code ~/.ssh}, as for OpenSSH's
   * client; the last part of each may have wildcards.
   *
   * @throws IOException if it, or a file it includes, cannot be read
   * @throws IllegalArgumentException naming the line that cannot be understood
   */
  public static SshConfig read(Path file) throws IOException {
    try {
      return SshConfig.parse(EditedFile.text(file), SshConfigFile::included);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<String> included(String word) {
    Path home = Path.of(System.getProperty("user.home"));
    Path path =
        word.startsWith("~/")
            ? home.resolve(word.substring(2))
            : home.resolve(".ssh").resolve(word);
    List<String> texts = new ArrayList<>();
    try {
      for (Path file : files(path)) {
        texts.add(EditedFile.text(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + ", which is included", e);
    }
    return texts;
  }

  /** The files that exist: a pattern, like a file name, may match none (ssh_config(5)). */
  private static List<Path> files(Path pattern) throws IOException {
    Path directory = pattern.getParent();
    Path name = pattern.getFileName();
    if (directory == null || name == null || !Files.isDirectory(directory)) {
      return List.of();
    }
    if (directory.toString().matches(".*[*?].*")) {
      throw new IOException("wildcards are understood in the last part only");
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> Wildcard.matches(name.toString(), file.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .limit(MOST_FILES)
          .toList();
    }
  }
}
