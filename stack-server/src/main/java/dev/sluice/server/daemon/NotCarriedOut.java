package dev.sluice.server.daemon;

import dev.sluice.server.config.LimitsConfig;
import dev.sluice.server.config.PolicyConfig;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.config.UserConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys that {@link ConfiguredAccess} has no means for: a limit that does not count is worse than
 * none.
 */
final class NotCarriedOut {
  private final List<String> keys = new ArrayList<>();

  private NotCarriedOut() {}

  static void refuse(ServerConfig config) {
    NotCarriedOut found = new NotCarriedOut();
    found.server(config);
    config.groups().forEach(group -> found.policy("group " + group.name(), group.policy()));
    config.users().forEach(user -> found.user(user));
    if (!found.keys.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", found.keys));
    }
  }

  private void server(ServerConfig config) {
    LimitsConfig limits = config.limits();
    Map<String, @Nullable Object> all = new TreeMap<>();
    all.put("hooks", config.hooks().isEmpty() ? null : config.hooks());
    all.put("limits.sessionsPerUser", limits.sessionsPerUser());
    all.put("limits.transfers", limits.transfers());
    all.put("limits.transfersPerUser", limits.transfersPerUser());
    all.put("limits.allow", limits.allow().isEmpty() ? null : limits.allow());
    all.put("limits.deny", limits.deny().isEmpty() ? null : limits.deny());
    note("the document", all);
  }

  private void user(UserConfig user) {
    String who = "user " + user.name();
    policy(who, user.policy());
    if (!user.methods().isEmpty()) {
      keys.add(who + " has methods, which this version does not carry out: remove it");
    }
  }

  private void policy(String who, PolicyConfig policy) {
    Map<String, @Nullable Object> all = new TreeMap<>();
    all.put("times", policy.times());
    all.put("sessions", policy.sessions());
    all.put("transfers", policy.transfers());
    all.put("protocols", policy.protocols());
    all.put("denyCommands", policy.denyCommands());
    note(who, all);
  }

  private void note(String who, Map<String, @Nullable Object> all) {
    all.forEach(
        (key, value) -> {
          if (value != null) {
            keys.add(who + " has " + key + ", which this version does not carry out: remove it");
          }
        });
  }
}
