package dev.sluice.cli.config;

import dev.sluice.transport.Proxy;
import dev.sluice.transport.connect.RemotePlace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of one bookmark or one host, and their values. */
final class Keys {
  static final List<String> HOST =
      List.of("user", "password", "keyFile", "knownHosts", "trust", "proxy", "timeout");
  static final List<String> BOOKMARK =
      List.of("url", "user", "password", "keyFile", "knownHosts", "trust", "proxy", "timeout");
  static final List<String> TOP = List.of("bookmarks", "hosts");

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");
  private static final int NEAR = 3;

  private final Path file;
  private final Node.Keys node;

  private Keys(Path file, Node.Keys node) {
    this.file = file;
    this.node = node;
  }

  /** Refuses keys that are not known, with the nearest one that is. */
  static Keys of(Path file, Node node, String what, List<String> known) {
    if (!(node instanceof Node.Keys keys)) {
      if (node instanceof Node.Text text && text.value().isEmpty()) {
        return new Keys(file, new Node.Keys(text.line(), Map.of()));
      }
      throw new ConfigFault(file, node.line(), what + " needs keys: " + String.join(", ", known));
    }
    keys.all()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                throw new ConfigFault(
                    file,
                    value.line(),
                    "%s has no key %s; %s".formatted(what, key, near(key, known)));
              }
            });
    return new Keys(file, keys);
  }

  Map<String, Node> all(String key) {
    Node found = node.all().get(key);
    return found == null
        ? Map.of()
        : found instanceof Node.Keys keys
            ? keys.all()
            : of(file, found, key, List.of("a name")).node.all();
  }

  int line() {
    return node.line();
  }

  HostSettings settings() {
    return new HostSettings(
        text("user"),
        text("password"),
        value("keyFile", Keys::path),
        value("knownHosts", Keys::path),
        value("trust", Keys::path),
        value("proxy", Keys::proxy),
        value("timeout", Keys::time));
  }

  @Nullable String text(String key) {
    return value(key, text -> text);
  }

  /** No message repeats the value: it may hold a secret. */
  <T> @Nullable T value(String key, Function<String, T> reader) {
    Node found = node.all().get(key);
    if (found == null) {
      return null;
    }
    if (!(found instanceof Node.Text text) || text.value().isEmpty()) {
      throw new ConfigFault(file, found.line(), key + " needs a value");
    }
    try {
      return reader.apply(text.value());
    } catch (IllegalArgumentException e) {
      throw new ConfigFault(file, text.line(), key + ": " + e.getMessage());
    }
  }

  private static Path path(String text) {
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), text.substring(2))
        : Path.of(text);
  }

  private static Duration time(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new IllegalArgumentException("write 30s, 500ms, 2m or 1h");
    }
    long number = Long.parseLong(time.group(1));
    if (number == 0) {
      throw new IllegalArgumentException("it must be positive");
    }
    String unit = time.group(2) == null ? "s" : time.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static Proxy proxy(String text) {
    RemotePlace place = RemotePlace.parse(text);
    Proxy.Kind kind =
        switch (place.scheme()) {
          case "socks4" -> Proxy.Kind.SOCKS4;
          case "socks5" -> Proxy.Kind.SOCKS5;
          case "http" -> Proxy.Kind.HTTP;
          default ->
              throw new IllegalArgumentException(
                  place.scheme() + ":// is no proxy; write socks5://, socks4:// or http://");
        };
    if (place.port() == 0) {
      throw new IllegalArgumentException("a proxy needs a port: " + place);
    }
    return new Proxy(kind, place.host(), place.port(), place.user(), place.password());
  }

  private static String near(String key, List<String> known) {
    String best = known.get(0);
    for (String each : known) {
      best = distance(key, each) < distance(key, best) ? each : best;
    }
    return distance(key, best) <= NEAR
        ? "did you mean " + best + "?"
        : "it has " + String.join(", ", known);
  }

  /** Letters to change, add or leave out, whatever their case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
