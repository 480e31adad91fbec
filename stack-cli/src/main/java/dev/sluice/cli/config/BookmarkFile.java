package dev.sluice.cli.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds bookmarks to a configuration and takes them out of it. Works on its lines, so that comments
 * and the order stay. What would not be understood afterwards is refused, and the file stays as it
 * is.
 */
public final class BookmarkFile {
  private static final String TOP = "bookmarks:";
  private static final String INDENT = "  ";

  private final Path file;

  public BookmarkFile(Path file) {
    this.file = file;
  }

  /**
   * Adds a bookmark; {@link ConfigFault} if there is one of this name.
   *
   * @param url as a configuration has it; no password
   */
  public void add(String name, String url) throws IOException {
    Bookmarks before = Files.exists(file) ? Bookmarks.read(file) : Bookmarks.NONE;
    if (before.names().contains(name)) {
      throw new ConfigFault(file, 0, "there is a bookmark " + name + "; remove it first");
    }
    List<String> lines = lines();
    int top = top(lines);
    if (top < 0) {
      lines.add(TOP);
      top = lines.size() - 1;
    }
    lines.add(top + 1, INDENT + quoted(name) + ":");
    lines.add(top + 2, INDENT + INDENT + "url: " + quoted(url));
    replace(lines);
  }

  /** Takes a bookmark out, with all that it says; {@link ConfigFault} if there is none. */
  public void remove(String name) throws IOException {
    Bookmarks before = Files.exists(file) ? Bookmarks.read(file) : Bookmarks.NONE;
    if (!before.names().contains(name)) {
      throw new ConfigFault(file, 0, "there is no bookmark " + name);
    }
    List<String> lines = lines();
    int first = top(lines) + 1;
    while (first > 0 && first < lines.size() && !isKey(lines.get(first), name)) {
      first++;
    }
    if (first <= 0 || first >= lines.size()) {
      throw new ConfigFault(file, 0, "bookmark " + name + " is written in one line; edit the file");
    }
    int depth = depth(lines.get(first));
    int end = first + 1;
    while (end < lines.size() && (lines.get(end).isBlank() || depth(lines.get(end)) > depth)) {
      end++;
    }
    lines.subList(first, end).clear();
    replace(lines);
  }

  private List<String> lines() throws IOException {
    return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : new ArrayList<>();
  }

  private static int top(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(TOP) && isBare(lines.get(i).substring(TOP.length()))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isKey(String line, String name) {
    String text = line.strip();
    for (String key : List.of(name + ":", quoted(name) + ":")) {
      if (text.startsWith(key) && isBare(text.substring(key.length()))) {
        return true;
      }
    }
    return false;
  }

  /** Nothing, or a comment. */
  private static boolean isBare(String rest) {
    return rest.isBlank() || rest.strip().startsWith("#");
  }

  private static int depth(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static String quoted(String text) {
    boolean plain = text.matches("[A-Za-z][A-Za-z0-9_./@~-]*(:[A-Za-z0-9_./@~-]+)*");
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }

  /** All or nothing; new files are for their owner alone. */
  private void replace(List<String> lines) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path directory = real.getParent();
    if (directory == null) {
      throw new IOException(file + " is no file");
    }
    Files.createDirectories(directory);
    Path next = Files.createTempFile(directory, "config", ".yaml"); // mode 0600
    try {
      Files.write(next, lines, StandardCharsets.UTF_8);
      Bookmarks.read(next);
      if (Files.exists(real)) {
        Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(real));
      } else {
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
      }
      Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
