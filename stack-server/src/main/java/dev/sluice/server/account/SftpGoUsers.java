package dev.sluice.server.account;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The users of a backup of SFTPGo. */
final class SftpGoUsers {
  private static final Map<String, List<String>> RIGHTS =
      Map.ofEntries(
          Map.entry("*", List.of("all")),
          Map.entry("list", List.of("list")),
          Map.entry("download", List.of("read")),
          Map.entry("upload", List.of("create", "append")),
          Map.entry("overwrite", List.of("overwrite")),
          Map.entry("delete", List.of("delete", "rmdir")),
          Map.entry("delete_files", List.of("delete")),
          Map.entry("delete_dirs", List.of("rmdir")),
          Map.entry("rename", List.of("rename")),
          Map.entry("create_dirs", List.of("mkdir")),
          Map.entry("create_symlinks", List.of("links")),
          Map.entry("chmod", List.of("chmod")));

  /** What this class carries over, or what says nothing about what a user may do. */
  private static final Set<String> KNOWN =
      Set.of(
          "id username password public_keys home_dir permissions quota_size quota_files status"
              .split(" "));

  private static final Set<String> STATE =
      Set.of(
          ("expiration_date upload_bandwidth download_bandwidth max_sessions filters used_quota_size"
                  + " used_quota_files last_quota_update last_login first_download first_upload"
                  + " created_at updated_at email description has_password filesystem"
                  + " last_password_change used_upload_data_transfer used_download_data_transfer")
              .split(" "));

  private final Map<?, ?> user;
  private final Map<String, Object> entry = new LinkedHashMap<>();
  private final Map<String, Object> limits = new LinkedHashMap<>();
  private final List<String> lost = new ArrayList<>();

  private SftpGoUsers(Map<?, ?> user) {
    this.user = user;
  }

  static List<ForeignUser> parse(String text) {
    Map<?, ?> dump = JsonTree.object(text);
    if (!(dump.get("users") instanceof List<?> users)) {
      throw new IllegalArgumentException("the JSON has no list of users; make it with dumpdata");
    }
    List<ForeignUser> all = new ArrayList<>();
    for (Object each : users) {
      if (each instanceof Map<?, ?> user) {
        all.add(new SftpGoUsers(user).carried());
      }
    }
    return all;
  }

  private ForeignUser carried() {
    String hash = text("password");
    if (!hash.isEmpty()) {
      ForeignUsers.password(hash, entry, lost);
    }
    if (user.get("public_keys") instanceof List<?> keys && !keys.isEmpty()) {
      entry.put("keys", keys.stream().map(key -> UserText.literal(key.toString())).toList());
    }
    if (!text("home_dir").isEmpty()) {
      entry.put("home", UserText.literal(text("home_dir")));
    }
    if (text("status").equals("0")) {
      entry.put("disabled", "true");
    }
    expiry();
    permissions();
    limits();
    filters();
    others();
    return new ForeignUser(0, text("username"), entry, limits, lost);
  }

  private void expiry() {
    long millis = number("expiration_date");
    if (millis > 0) {
      LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault());
      entry.put("expires", day.toString());
    }
  }

  /** Without a word about them, SFTPGo allows nothing. */
  private void permissions() {
    List<Object> rules = new ArrayList<>();
    Map<?, ?> paths = user.get("permissions") instanceof Map<?, ?> map ? map : Map.of();
    entry.put("rights", rights(paths.get("/"), "/"));
    paths.forEach(
        (path, words) -> {
          if (!path.equals("/")) {
            rules.add(Map.of("path", path + "/**", "rights", rights(words, path.toString())));
          }
        });
    if (!rules.isEmpty()) {
      // Parts of the tree that are more open or more closed than the whole: never left out.
      entry.put("rules", rules);
    }
  }

  private List<String> rights(@Nullable Object words, String path) {
    Set<String> rights = new LinkedHashSet<>();
    List<?> all = words instanceof List<?> list ? list : List.of();
    for (Object word : all) {
      List<String> known = RIGHTS.get(word.toString());
      if (known == null) {
        lost.add("the permission " + word + " on " + path + ", for which there is no right");
      } else {
        rights.addAll(known);
      }
    }
    return List.copyOf(rights);
  }

  private void limits() {
    Map<String, Object> quota = new LinkedHashMap<>();
    if (number("quota_size") > 0) {
      quota.put("bytes", text("quota_size"));
    }
    if (number("quota_files") > 0) {
      quota.put("files", text("quota_files"));
    }
    put("quota", quota);
    Map<String, Object> rate = new LinkedHashMap<>();
    if (number("upload_bandwidth") > 0) {
      rate.put("up", text("upload_bandwidth") + "KiB/s");
    }
    if (number("download_bandwidth") > 0) {
      rate.put("down", text("download_bandwidth") + "KiB/s");
    }
    put("rate", rate);
    if (number("max_sessions") > 0) {
      limits.put("sessions", text("max_sessions"));
    }
  }

  private void put(String key, Map<String, Object> values) {
    if (!values.isEmpty()) {
      limits.put(key, values);
    }
  }

  private void filters() {
    Map<?, ?> filters = user.get("filters") instanceof Map<?, ?> map ? map : Map.of();
    filters.forEach(
        (name, value) -> {
          if (name.equals("allowed_ip") && value instanceof List<?> networks) {
            if (!networks.isEmpty()) {
              entry.put("from", networks);
            }
          } else if (says(value)) {
            lost.add("filters." + name);
          }
        });
    if (user.get("filesystem") instanceof Map<?, ?> files
        && files.get("provider") instanceof String provider
        && !provider.equals("0")) {
      lost.add("the files, which are not on a local disk: filesystem.provider " + provider);
    }
  }

  private void others() {
    user.forEach(
        (name, value) -> {
          if (!KNOWN.contains(name.toString()) && !STATE.contains(name.toString()) && says(value)) {
            lost.add(name.toString());
          }
        });
  }

  /** Whether a value differs from one that is not set. */
  private static boolean says(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(SftpGoUsers::says);
    }
    return value instanceof List<?> list
        ? !list.isEmpty()
        : !Set.of("", "0", "false").contains(value.toString());
  }

  private String text(String name) {
    return user.get(name) instanceof String text ? text : "";
  }

  private long number(String name) {
    String text = text(name);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
