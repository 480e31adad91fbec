package dev.sluice.server.account;

import reactor.core.publisher.Mono;

/** Where accounts are found. Its answers may take time, and must not block the caller. */
public interface AccountStore {

  /**
   * The account with a name.
   *
   * @param name from a client, unverified
   * @return empty if there is none
   */
  Mono<Account> find(String name);

  /**
   * A hash to check the passwords of an unknown name against, so that the answer takes as long as
   * that for a known one. The same for each question about a name.
   */
  default PasswordHash standIn(String name) {
    return StandIns.STANDARD;
  }
}
