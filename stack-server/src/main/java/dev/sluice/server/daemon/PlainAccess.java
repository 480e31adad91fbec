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

/** Users with a home directory and rights. */
public final class PlainAccess {
  private PlainAccess() {}

  /**
   * The users of a document.
   *
   * @throws IllegalArgumentException for what is wrong with users, and for what is not carried out,
   *     so that no limit is left out in silence
   */
  public static Access of(ServerConfig config) {
    NotCarriedOut.refuse(config);
    DocumentAccounts accounts = DocumentAccounts.of(config);
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
