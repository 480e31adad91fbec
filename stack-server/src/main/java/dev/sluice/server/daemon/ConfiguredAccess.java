package dev.sluice.server.daemon;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.server.account.AccountLogin;
import dev.sluice.server.account.DocumentAccounts;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.config.UserConfig;
import dev.sluice.server.listen.Access;
import dev.sluice.server.view.UserTrees;
import java.util.ArrayList;
import java.util.List;

/**
 * What one document after another says of users. One object for the life of a daemon: what is
 * counted does not begin again with a reload.
 */
public final class ConfiguredAccess {
  private final UserTrees trees = new UserTrees();

  private final Records records = new Records();

  /** What it counts begins with nothing. */
  public ConfiguredAccess() {}

  /**
   * The document, if nothing is wrong with its users. Opens and changes nothing.
   *
   * @throws IllegalArgumentException for what is wrong with users, and for what is not carried out,
   *     so that no limit is left out in silence
   */
  public static ServerConfig checked(ServerConfig config) {
    NotCarriedOut.refuse(config);
    DocumentAccounts accounts = DocumentAccounts.of(config);
    List<String> faults = new ArrayList<>();
    for (UserConfig user : config.users()) {
      try {
        accounts.account(user.name()).ifPresent(UserTrees::check);
      } catch (IllegalArgumentException | IllegalStateException fault) {
        faults.add("user " + user.name() + " " + fault.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return config;
  }

  /**
   * The users of a document.
   *
   * @throws IllegalArgumentException as {@link #checked}
   */
  public Access of(ServerConfig config) {
    DocumentAccounts accounts = DocumentAccounts.of(checked(config));
    return records.of(
        config,
        new Access(
            AccountLogin.of(accounts),
            trees.of(accounts::account, config.limits().rate()),
            SessionObserver.NONE));
  }
}
