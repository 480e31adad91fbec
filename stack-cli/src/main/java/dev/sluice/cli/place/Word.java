package dev.sluice.cli.place;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.status.UsageError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place as a word of the command line names it: a URL or a bookmark on a server, everything else
 * on this machine.
 */
public sealed interface Word {
  Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);

  /** Reads a word; {@link UsageError} when it can be no place. */
  static Word parse(String text) {
    if (URL.matcher(text).matches()) {
      int path = text.indexOf('/', text.indexOf("://") + 3);
      return new Remote(RemoteUrl.parse(text), path >= 0 && isPattern(text.substring(path)));
    }
    Optional<RemoteUrl> bookmark = RemoteUrl.bookmark(text);
    if (bookmark.isPresent()) {
      return new Remote(bookmark.get(), isPattern(text));
    }
    if (text.isEmpty()) {
      throw new UsageError("an empty word names no place");
    }
    try {
      return new Local(text, Path.of(text));
    } catch (InvalidPathException e) {
      throw new UsageError(RawName.escape(text) + " is no name on this machine: " + e.getReason());
    }
  }

  /** Whether a word names its server itself, as a URL or a bookmark does. */
  static boolean isElsewhere(String text) {
    return URL.matcher(text).matches() || RemoteUrl.bookmark(text).isPresent();
  }

  /** Whether the word is written as a directory: with a slash, or a dot, at its end. */
  boolean directory();

  /** What the word means by its last name; empty if it has none, as the root. */
  String name();

  /** The word for what lies at {@code below}, seen from the place of this word. */
  String below(RemotePath below);

  /** Whether it is the root, which no command removes. */
  boolean isTop();

  private static boolean isPattern(String path) {
    return path.chars().anyMatch(each -> each == '*' || each == '?' || each == '[');
  }

  /**
   * A place on a server.
   *
   * @param pattern whether the path holds {@code *}, {@code ?} or {@code [}; written as {@code
   *     %2A}, {@code %3F} and {@code %5B} they are ordinary
   */
  record Remote(RemoteUrl url, boolean pattern) implements Word {
    private static final String PLAIN = "/-._!$&'()+,;=:@";

    @Override
    public boolean directory() {
      return url.directory();
    }

    @Override
    public String name() {
      return url.path().name();
    }

    @Override
    public boolean isTop() {
      return url.isTop();
    }

    @Override
    public String below(RemotePath below) {
      RemotePath path = url.path().append(below);
      String text = (url.home() ? "/~/" : "/") + String.join("/", path.names());
      if (url.prefix() != null && !isPattern(text) && RawName.escape(text).equals(text)) {
        return url.prefix() + text;
      }
      String server = url.at(RemotePath.root(), false).toString();
      return server.substring(0, server.length() - 1) + (url.home() ? "/~" : "") + escaped(path);
    }

    /** A path that a URL can take back, octet for octet. */
    private static String escaped(RemotePath path) {
      StringBuilder text = new StringBuilder();
      for (byte octet : RawName.encode("/" + String.join("/", path.names()))) {
        char letter = (char) (octet & 0xff);
        boolean plain =
            letter < 128 && Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0;
        text.append(
            plain ? String.valueOf(letter) : String.format(Locale.ROOT, "%%%02X", (int) letter));
      }
      return text.toString();
    }

    @Override
    public String toString() {
      return url.toString();
    }
  }

  /** A place on this machine. */
  record Local(String text, Path file) implements Word {
    @Override
    public boolean directory() {
      return text.endsWith("/")
          || text.equals(".")
          || text.equals("..")
          || text.endsWith("/.")
          || text.endsWith("/..");
    }

    @Override
    public String name() {
      Path name = file.toAbsolutePath().normalize().getFileName();
      return name == null ? "" : name.toString();
    }

    @Override
    public boolean isTop() {
      return name().isEmpty();
    }

    @Override
    public String below(RemotePath below) {
      return below.isRoot()
          ? text
          : text + (text.endsWith("/") ? "" : "/") + String.join("/", below.names());
    }

    @Override
    public String toString() {
      return RawName.escape(text);
    }
  }
}
