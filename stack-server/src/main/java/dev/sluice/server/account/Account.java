package dev.sluice.server.account;

import dev.sluice.api.login.Identity;
import dev.sluice.server.config.PolicyConfig;
import dev.sluice.transport.Network;
import java.net.InetAddress;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user as they may log in now: what the user does not say is that of the group.
 *
 * @param name the name at login
 * @param password null = no password lets the user in
 * @param keys lines of authorized_keys, or files of such lines, which are read at each login
 * @param group the name of the group; null = none
 * @param expires the first day on which the user may no longer log in; null = none
 * @param disabled whether the user may not log in
 * @param policy what the user may do
 */
public record Account(
    String name,
    @Nullable PasswordHash password,
    List<String> keys,
    @Nullable String group,
    @Nullable LocalDate expires,
    boolean disabled,
    PolicyConfig policy) {
  public Account {
    keys = List.copyOf(keys);
  }

  /**
   * Why the user may not log in, whatever they prove; empty = they may. For the log: clients must
   * not learn it.
   *
   * @param today the date at the server
   */
  public Optional<String> refusal(InetAddress from, LocalDate today) {
    if (disabled) {
      return Optional.of("the account is disabled");
    }
    if (expires != null && !today.isBefore(expires)) {
      return Optional.of("the account expired on " + expires);
    }
    List<Network> networks = policy.from();
    if (networks != null && networks.stream().noneMatch(network -> network.contains(from))) {
      return Optional.of("the account may not be used from " + from.getHostAddress());
    }
    return Optional.empty();
  }

  /** Who the user is to a server: with all that is allowed somewhere in the tree. */
  public Identity identity() {
    return Identity.of(name).withRights(policy.anywhere());
  }

  /**
   * The directory that is the root for the user, its placeholders replaced.
   *
   * @throws IllegalStateException if there is none, or if the name would lead out of its place
   */
  public String home() {
    String home = policy.home();
    if (home == null) {
      throw new IllegalStateException("has no home; write home: and a directory");
    }
    return resolved(home);
  }

  /**
   * A directory of the document, its placeholders replaced.
   *
   * @throws IllegalStateException if a name would lead out of its place
   */
  public String resolved(String template) {
    return template
        .replace("{user}", step(name, template, "{user}"))
        .replace("{group}", step(group == null ? "" : group, template, "{group}"));
  }

  private static String step(String value, String home, String placeholder) {
    boolean step =
        !value.isEmpty()
            && !value.equals(".")
            && !value.equals("..")
            && value.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    if (home.contains(placeholder) && !step) {
      throw new IllegalStateException(
          "has the directory %s, and what stands for %s is no name of a directory; write one without it"
              .formatted(home, placeholder));
    }
    return value;
  }
}
