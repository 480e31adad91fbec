package dev.sluice.server.config;

import dev.sluice.server.config.Node.Spot;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one key asks of another one. */
final class Checks {
  private static final Set<String> SCHEMES = new TreeSet<>(List.of("ftp", "ftpes", "ftps", "sftp"));

  private final ServerConfig config;
  private final Node.Keys root;
  private final List<Fault> faults = new ArrayList<>();

  private Checks(ServerConfig config, Node.Keys root) {
    this.config = config;
    this.root = root;
  }

  static List<Fault> of(ServerConfig config, Node.Keys root) {
    Checks checks = new Checks(config, root);
    checks.listeners();
    checks.names("groups", config.groups().stream().map(GroupConfig::name).toList());
    checks.names("users", config.users().stream().map(UserConfig::name).toList());
    checks.users();
    checks.hooks();
    checks.admin();
    return checks.faults;
  }

  private void listeners() {
    if (config.listeners().isEmpty()) {
      note("listeners", -1, "", "needs one listener at least, such as - url: sftp://0.0.0.0:22");
    }
    Set<URI> seen = new HashSet<>();
    for (int i = 0; i < config.listeners().size(); i++) {
      ListenerConfig listener = config.listeners().get(i);
      int at = i;
      url(listener.url(), text -> note("listeners", at, "url", text));
      String scheme = String.valueOf(listener.url().getScheme());
      if (listener.url().getPort() != 0 && !seen.add(listener.url())) {
        note("listeners", i, "url", "\"" + listener.url() + "\" is there twice; remove one");
      }
      boolean certified = listener.tls() != null || config.tls() != null;
      if ((scheme.equals("ftps") || scheme.equals("ftpes")) && !certified) {
        note(
            "listeners",
            i,
            "url",
            scheme + " needs a certificate; write tls: with certificate: and key:");
      }
      if (scheme.equals("sftp") && listener.hostKeys() == null && config.hostKeys() == null) {
        note("listeners", i, "url", "sftp needs host keys; write hostKeys: and a directory");
      }
    }
  }

  private static void url(URI url, Consumer<String> note) {
    if (url.getScheme() == null || !SCHEMES.contains(url.getScheme())) {
      note.accept(
          "\"" + url + "\" has no scheme that is served; write " + String.join(", ", SCHEMES));
    } else if (url.getHost() == null) {
      note.accept("\"" + url + "\" names no address; write " + url.getScheme() + "://0.0.0.0:2121");
    } else if (url.getUserInfo() != null || url.getQuery() != null || !path(url).isEmpty()) {
      note.accept("only an address and a port stand in the URL of a listener");
    } else if (url.getPort() > 65535) {
      note.accept("port " + url.getPort() + " is not between 0 and 65535");
    }
  }

  private static String path(URI url) {
    String path = url.getPath();
    return path == null || path.equals("/") ? "" : path;
  }

  private void names(String list, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty()) {
        note(list, i, "name", "is empty; write a name");
      } else if (!seen.add(names.get(i))) {
        note(list, i, "name", "\"" + names.get(i) + "\" is there twice; remove one");
      }
    }
  }

  private void users() {
    Set<String> groups = new TreeSet<>(config.groups().stream().map(GroupConfig::name).toList());
    for (int i = 0; i < config.users().size(); i++) {
      UserConfig user = config.users().get(i);
      String group = user.group();
      if (group != null && !groups.contains(group)) {
        String known =
            groups.isEmpty() ? "there are none" : "they are " + String.join(", ", groups);
        note("users", i, "group", "\"" + group + "\" is none of the groups; " + known);
      }
      policy("users", i, user.policy());
    }
    for (int i = 0; i < config.groups().size(); i++) {
      policy("groups", i, config.groups().get(i).policy());
    }
  }

  private void policy(String list, int at, PolicyConfig policy) {
    Map<String, FolderConfig> folders = policy.folders();
    if (folders != null) {
      folders.forEach(
          (path, folder) -> {
            if (!path.startsWith("/") || path.length() == 1) {
              note(list, at, "folders", "\"" + path + "\" is no path below the root; write /name");
            }
            if ((folder.path() == null) == (folder.url() == null)) {
              note(list, at, "folders", path + " needs either path: or url:");
            }
          });
    }
  }

  private void hooks() {
    for (int i = 0; i < config.hooks().size(); i++) {
      HookConfig hook = config.hooks().get(i);
      if (hook.run().isEmpty() == (hook.post() == null)) {
        note("hooks", i, "", "needs either run: or post:");
      }
    }
  }

  private void admin() {
    AdminConfig admin = config.admin();
    if (admin != null && !admin.listen().matches("unix:/.+|[^/]*:[0-9]{1,5}")) {
      String text = "\"" + admin.listen() + "\" is no address; write 127.0.0.1:8080 or unix:/path";
      note("admin", -1, "", text);
    }
  }

  /**
   * @param at which of the list; -1 = the list itself
   * @param key below it; empty = all of it
   */
  private void note(String list, int at, String key, String text) {
    Spot spot = root.spots().getOrDefault(list, root.spot());
    Node node = root.all().get(list);
    String path = list;
    if (at >= 0 && node instanceof Node.Items items) {
      path = list + "[" + at + "]" + (key.isEmpty() ? "" : "." + key);
      spot = place(items.all().get(at), key);
    }
    faults.add(new Fault(spot.file(), spot.line(), path, text));
  }

  private static Spot place(Node item, String key) {
    @Nullable Spot found = item instanceof Node.Keys keys ? keys.spots().get(key) : null;
    return found == null ? item.spot() : found;
  }
}
