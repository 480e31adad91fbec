package dev.sluice.client.nio;

import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.transport.connect.ClientSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What is given to {@code FileSystems.newFileSystem(URI, Map)}. */
record Environment(Map<String, ?> all) {
  private static final Set<String> KEYS =
      Set.of(
          "user",
          "password",
          "keyFile",
          "passphrase",
          "knownHosts",
          "trust",
          "settings",
          "pool",
          "waits");

  Environment {
    for (String key : all.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            key + " is not known; known are " + String.join(", ", new TreeSet<>(KEYS)));
      }
    }
  }

  ClientSettings apply(ClientSettings settings) {
    ClientSettings set = settings;
    if (all.containsKey("user")) {
      set = set.user(get("user", String.class));
    }
    if (all.get("password") instanceof char[] octets) {
      set = set.password(new String(octets));
    } else if (all.containsKey("password")) {
      set = set.password(get("password", String.class));
    }
    if (all.containsKey("keyFile")) {
      char[] none = {};
      set =
          set.keyFile(
              get("keyFile", Path.class),
              all.containsKey("passphrase") ? get("passphrase", char[].class) : none);
    }
    if (all.containsKey("knownHosts")) {
      set = set.knownHosts(get("knownHosts", Path.class));
    }
    if (all.containsKey("trust")) {
      set = set.trust(get("trust", Path.class));
    }
    return all.containsKey("settings")
        ? (ClientSettings) change(get("settings", Function.class), set)
        : set;
  }

  PoolOptions pool() {
    return all.containsKey("pool") ? get("pool", PoolOptions.class) : PoolOptions.most(4);
  }

  BlockingOptions waits() {
    return all.containsKey("waits") ? get("waits", BlockingOptions.class) : BlockingOptions.DEFAULT;
  }

  @SuppressWarnings("unchecked") // the key says what it is
  private static Object change(Function<?, ?> change, ClientSettings settings) {
    return ((Function<ClientSettings, ?>) change).apply(settings);
  }

  private <T> T get(String key, Class<T> type) {
    Object value = all.get(key);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(key + " must be of " + type.getSimpleName());
    }
    return type.cast(value);
  }

  /** Without the values, which may be secrets. */
  @Override
  public String toString() {
    return "Environment" + new TreeSet<>(all.keySet());
  }
}
