package dev.sluice.cli.config;

import dev.sluice.api.Glob;
import dev.sluice.api.RemotePath;
import dev.sluice.client.PrivateFile;
import dev.sluice.transport.connect.RemotePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Places with names and defaults for hosts, from a file:
 *
 * <pre>{@code
 * bookmarks:
 *   partner:
 *     url: sftp://ann@files.example/in
 *     keyFile: ~/.ssh/partner
 *     timeout: 30s
 * hosts:
 *   "*.example":
 *     knownHosts: ~/.ssh/known_partners
 *     proxy: socks5://proxy.example:1080
 * }</pre>
 *
 * <p>A bookmark says more than a host, and of two patterns the first that says something counts. A
 * password may stand in the file only if nobody but its owner can use it.
 */
public final class Bookmarks {
  private static final String FILE = "sluice/config.yaml";

  /** No places and no defaults. */
  public static final Bookmarks NONE = new Bookmarks(Map.of(), Map.of());

  private final Map<String, Bookmark> places;
  private final Map<Glob, HostSettings> hosts;

  private Bookmarks(Map<String, Bookmark> places, Map<Glob, HostSettings> hosts) {
    this.places = places;
    this.hosts = hosts;
  }

  /** Where the file is: below {@code XDG_CONFIG_HOME}, or {@code ~/.config}. */
  public static Path file() {
    return file(System.getenv("XDG_CONFIG_HOME"), Path.of(System.getProperty("user.home")));
  }

  /** A relative path in the variable counts as none (XDG Base Directory Specification). */
  static Path file(@Nullable String variable, Path home) {
    boolean set = variable != null && Path.of(variable).isAbsolute();
    return (set ? Path.of(variable) : home.resolve(".config")).resolve(FILE);
  }

  /** What {@link #file()} says; nothing if there is no such file. */
  public static Bookmarks load() throws IOException {
    Path file = file();
    return Files.exists(file) ? read(file) : NONE;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigFault naming the line, the key and the nearest known key
   * @throws IOException when it cannot be read, or holds a password that others can read
   */
  public static Bookmarks read(Path file) throws IOException {
    Keys top = Keys.of(file, YamlFile.read(file), "the configuration", Keys.TOP);
    Map<Glob, HostSettings> hosts = new LinkedHashMap<>();
    boolean secret = false;
    for (Map.Entry<String, Node> each : top.all("hosts").entrySet()) {
      Keys keys = Keys.of(file, each.getValue(), "host " + each.getKey(), Keys.HOST);
      HostSettings settings = keys.settings();
      secret |= settings.password() != null || hasPassword(settings);
      hosts.put(new Glob(each.getKey()), settings);
    }
    Map<String, Bookmark> places = new LinkedHashMap<>();
    for (Map.Entry<String, Node> each : top.all("bookmarks").entrySet()) {
      Bookmark bookmark = bookmark(file, each.getKey(), each.getValue());
      secret |=
          bookmark.settings().password() != null
              || bookmark.place().password() != null
              || hasPassword(bookmark.settings());
      places.put(each.getKey(), bookmark);
    }
    if (secret) {
      PrivateFile.require(file, "a password");
    }
    return new Bookmarks(places, hosts);
  }

  /** The names, in their order. */
  public Set<String> names() {
    return places.keySet();
  }

  /**
   * The place that {@code NAME:} or {@code NAME:PATH} names; empty if there is no such bookmark. A
   * path is written as it is, without escapes. It starts where the bookmark is, or with {@code /}
   * at the root of the server, or with {@code /~/} in the directory of the login.
   */
  public Optional<Bookmark> resolve(String text) {
    int colon = text.indexOf(':');
    Bookmark found = colon < 1 ? null : places.get(text.substring(0, colon));
    if (found == null || text.startsWith("//", colon + 1)) {
      return Optional.empty();
    }
    RemotePlace place = below(found.place(), text.substring(colon + 1));
    return Optional.of(
        new Bookmark(found.name(), place, found.settings().or(settings(place.host()))));
  }

  /** The defaults for a host. */
  public HostSettings settings(String host) {
    HostSettings all = HostSettings.NONE;
    for (Map.Entry<Glob, HostSettings> each : hosts.entrySet()) {
      all = each.getKey().matches(host) ? all.or(each.getValue()) : all;
    }
    return all;
  }

  private static RemotePlace below(RemotePlace place, String path) {
    if (path.isEmpty()) {
      return place;
    }
    if (path.equals("/~") || path.startsWith("/~/")) {
      return place.at(RemotePath.of(path.substring(2)), true);
    }
    return path.startsWith("/")
        ? place.at(RemotePath.of(path), false)
        : place.at(place.path().resolve(path), place.home());
  }

  private static Bookmark bookmark(Path file, String name, Node node) {
    if (name.isEmpty() || name.indexOf(':') >= 0 || name.indexOf('/') >= 0) {
      throw new ConfigFault(file, node.line(), "a bookmark's name has no : and no /");
    }
    Keys keys = Keys.of(file, node, "bookmark " + name, Keys.BOOKMARK);
    RemotePlace place = keys.value("url", RemotePlace::parse);
    if (place == null) {
      throw new ConfigFault(file, keys.line(), "bookmark " + name + " needs a url");
    }
    return new Bookmark(name, place, keys.settings());
  }

  private static boolean hasPassword(HostSettings settings) {
    return settings.proxy() != null && settings.proxy().password() != null;
  }
}
