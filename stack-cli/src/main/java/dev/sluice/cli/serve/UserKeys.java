package dev.sluice.cli.serve;

import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import dev.sluice.ssh.wire.SshViolation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code sluice user} sets: options for the keys of a user's entry. */
public final class UserKeys {
  private static final long MOST_OCTETS = 1 << 20;

  @Option(names = "--group", paramLabel = "NAME", description = "The group of the user.")
  private @Nullable String group;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The directory that is the root for the user, such as '/srv/{user}'.")
  private @Nullable String home;

  @Option(
      names = "--rights",
      paramLabel = "LIST",
      split = ",",
      description = "What the user may do everywhere, such as list,read,write.")
  private List<String> rights = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "NETWORK",
      split = ",",
      description = "Networks that the user may come from.")
  private List<String> from = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "DATE",
      description = "The first day without a login, such as 2027-01-31.")
  private @Nullable String expires;

  @Option(names = "--disabled", negatable = true, description = "Whether the user may not log in.")
  private @Nullable Boolean disabled;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Adds the public keys in FILE, in the form of authorized_keys.")
  private List<Path> keys = new ArrayList<>();

  @Option(
      names = "--remove-key",
      paramLabel = "FINGERPRINT",
      description = "Takes a key out, by its fingerprint SHA256:... or its comment.")
  private List<String> removed = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets any other key, such as --set quota.bytes=50GiB.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--unset",
      paramLabel = "KEY",
      description = "Takes a key out, so that the group's counts.")
  private List<String> unset = new ArrayList<>();

  /** Whether any of them is given. */
  public boolean given() {
    return !changed(Map.of()).isEmpty() || !removed.isEmpty() || !unset.isEmpty();
  }

  /** An entry with what the options say. */
  public Map<String, Object> changed(Map<String, Object> before) {
    Map<String, Object> entry = new LinkedHashMap<>(before);
    put(entry, "group", group);
    put(entry, "home", home);
    put(entry, "rights", rights.isEmpty() ? null : rights);
    put(entry, "from", from.isEmpty() ? null : from);
    put(entry, "expires", expires);
    put(entry, "disabled", disabled == null ? null : disabled.toString());
    keys(entry);
    set.forEach((key, value) -> nested(entry, key, value));
    unset.forEach(entry::remove);
    return entry;
  }

  private static void put(Map<String, Object> entry, String key, @Nullable Object value) {
    if (value != null) {
      entry.put(key, value);
    }
  }

  private static void nested(Map<String, Object> entry, String key, String value) {
    int dot = key.indexOf('.');
    if (key.equals("name") || key.equals("password")) {
      throw new UsageError(
          key.equals("name")
              ? "a user keeps the name; add another one"
              : "set a password with sluice user passwd");
    }
    if (dot < 0) {
      boolean list = value.startsWith("[") && value.endsWith("]");
      String inside = list ? value.substring(1, value.length() - 1) : "";
      entry.put(key, list ? List.of(inside.split(",\\s*", -1)) : value);
      return;
    }
    Map<String, Object> inner = new LinkedHashMap<>();
    if (entry.get(key.substring(0, dot)) instanceof Map<?, ?> there) {
      there.forEach((name, each) -> inner.put(String.valueOf(name), each));
    }
    nested(inner, key.substring(dot + 1), value);
    entry.put(key.substring(0, dot), inner);
  }

  private void keys(Map<String, Object> entry) {
    Set<String> all = new LinkedHashSet<>();
    if (entry.get("keys") instanceof List<?> there) {
      there.forEach(each -> all.add(each.toString()));
    }
    boolean any = all.isEmpty();
    for (String each : removed) {
      if (!all.removeIf(line -> isKey(line, each))) {
        throw new UsageError("the user has no key " + each + "; see sluice user key");
      }
    }
    keys.forEach(file -> lines(file, all::add));
    if (!all.isEmpty()) {
      entry.put("keys", List.copyOf(all));
    } else if (!any) {
      entry.remove("keys");
    }
  }

  private static void lines(Path file, Consumer<String> each) {
    try {
      if (Files.size(file) > MOST_OCTETS) {
        throw new UsageError(file + " is too large for public keys");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      List<String> lines =
          text.lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
      AuthorizedKeys.parse(text);
      if (lines.isEmpty() || lines.stream().anyMatch(line -> fingerprint(line).isEmpty())) {
        throw new UsageError(file + " holds no public key; name the file that ends with .pub");
      }
      lines.forEach(line -> each.accept(line.replace("${", "$${")));
    } catch (IOException e) {
      throw new UsageError("cannot read " + file + ": " + PlainWords.of(e));
    } catch (IllegalArgumentException e) {
      throw new UsageError(file + " holds no public key; name the file that ends with .pub");
    }
  }

  private static boolean isKey(String line, String named) {
    return fingerprint(line).equals(named) || line.endsWith(" " + named) || line.equals(named);
  }

  /** Of the key in a line; empty if there is none, as in the path of a file. */
  public static String fingerprint(String line) {
    String[] words = line.split("\\s+", -1);
    for (int i = 0; i + 1 < words.length; i++) {
      if (SshPublicKey.isKnownType(words[i])) {
        try {
          return SshPublicKey.decode(Base64.getDecoder().decode(words[i + 1])).fingerprint();
        } catch (IllegalArgumentException | SshViolation e) {
          return "";
        }
      }
    }
    return "";
  }
}
