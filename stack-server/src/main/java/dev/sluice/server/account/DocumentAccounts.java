package dev.sluice.server.account;

import dev.sluice.server.config.GroupConfig;
import dev.sluice.server.config.PolicyConfig;
import dev.sluice.server.config.Secret;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.config.UserConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The users of one document, with what they inherit from their groups. Never changes. */
public final class DocumentAccounts implements AccountStore {
  private final Map<String, Account> accounts;
  private final StandIns standIns;

  private DocumentAccounts(Map<String, Account> accounts) {
    this.accounts = Map.copyOf(accounts);
    this.standIns =
        new StandIns(
            accounts.values().stream().map(Account::password).filter(Objects::nonNull).toList());
  }

  /**
   * The users of a document.
   *
   * @throws IllegalArgumentException with all that is wrong, and no hash or password
   */
  public static DocumentAccounts of(ServerConfig config) {
    Map<String, GroupConfig> groups =
        config.groups().stream().collect(Collectors.toMap(GroupConfig::name, group -> group));
    Map<String, Account> accounts = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    for (UserConfig user : config.users()) {
      try {
        Account account = account(user, groups);
        account.home();
        accounts.put(user.name(), account);
      } catch (IllegalArgumentException | IllegalStateException fault) {
        faults.add("user " + user.name() + " " + fault.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new DocumentAccounts(accounts);
  }

  /** The account with a name, at once. */
  public Optional<Account> account(String name) {
    return Optional.ofNullable(accounts.get(name));
  }

  @Override
  public Mono<Account> find(String name) {
    return Mono.justOrEmpty(account(name));
  }

  @Override
  public PasswordHash standIn(String name) {
    return standIns.of(name);
  }

  private static Account account(UserConfig user, Map<String, GroupConfig> groups) {
    String name = user.group();
    GroupConfig group = name == null ? null : groups.get(name);
    if (name != null && group == null) {
      throw new IllegalArgumentException("has the group \"" + name + "\", which there is not");
    }
    return new Account(
        user.name(),
        hash(user.password()),
        user.keys(),
        name,
        user.expires(),
        user.disabled(),
        group == null ? user.policy() : inherited(user.policy(), group.policy()));
  }

  private static @Nullable PasswordHash hash(@Nullable Secret password) {
    try {
      return password == null ? null : PasswordHash.parse(password.value());
    } catch (IllegalArgumentException fault) {
      throw new IllegalArgumentException("has a password that " + fault.getMessage(), fault);
    }
  }

  /** Key by key: a list of the user replaces that of the group. */
  private static PolicyConfig inherited(PolicyConfig user, PolicyConfig group) {
    return new PolicyConfig(
        first(user.home(), group.home()),
        first(user.rights(), group.rights()),
        first(user.folders(), group.folders()),
        first(user.rules(), group.rules()),
        first(user.quota(), group.quota()),
        first(user.rate(), group.rate()),
        first(user.from(), group.from()),
        first(user.times(), group.times()),
        first(user.sessions(), group.sessions()),
        first(user.transfers(), group.transfers()),
        first(user.protocols(), group.protocols()),
        first(user.denyCommands(), group.denyCommands()));
  }

  private static <T> @Nullable T first(@Nullable T own, @Nullable T other) {
    return own == null ? other : own;
  }
}
