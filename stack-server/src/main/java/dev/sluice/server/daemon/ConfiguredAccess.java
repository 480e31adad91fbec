package dev.sluice.server.daemon;

import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.server.account.Account;
import dev.sluice.server.account.AccountLogin;
import dev.sluice.server.account.DocumentAccounts;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.listen.Access;
import dev.sluice.storage.local.LocalStorage;
import java.nio.file.Path;

/**
 * What one document after another says of users. One object for the life of a daemon: what is
 * counted does not begin again with a reload.
 */
public final class ConfiguredAccess {

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
    DocumentAccounts.of(config);
    return config;
  }

  /**
   * The users of a document.
   *
   * @throws IllegalArgumentException as {@link #checked}
   */
  public Access of(ServerConfig config) {
    DocumentAccounts accounts = DocumentAccounts.of(checked(config));
    return new Access(
        AccountLogin.of(accounts),
        LocalStorage.perUser(user -> home(accounts, user)),
        SessionObserver.NONE);
  }

  private static Path home(DocumentAccounts accounts, Identity user) {
    return accounts
        .account(user.name())
        .map(Account::home)
        .map(Path::of)
        .orElseThrow(() -> new IllegalStateException("user " + user.name() + " is gone"));
  }
}
