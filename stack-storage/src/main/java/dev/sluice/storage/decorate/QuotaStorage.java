package dev.sluice.storage.decorate;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A storage whose files together hold no more octets than a quota; an operation that would pass it
 * signals {@code QUOTA_EXCEEDED}.
 *
 * <p>The tree is walked and counted when the first session opens, and the count is kept up to date
 * until the last session closes. While a file is being replaced, its larger size counts. Changes
 * that bypass this storage, and concurrent changes to one file, are counted correctly at the next
 * walk.
 */
public final class QuotaStorage implements Storage {
  private final Storage inner;
  private final long maxOctets;
  private final Function<Identity, String> account;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  private QuotaStorage(Storage inner, long maxOctets, Function<Identity, String> account) {
    if (maxOctets < 0) {
      throw new IllegalArgumentException("negative quota: " + maxOctets);
    }
    this.inner = inner;
    this.maxOctets = maxOctets;
    this.account = account;
  }

  /** One quota for the tree that all users share. */
  public static QuotaStorage of(Storage storage, long maxOctets) {
    return new QuotaStorage(storage, maxOctets, user -> "");
  }

  /** A quota for each user, if each has its own tree. */
  public static QuotaStorage perUser(Storage storage, long maxOctets) {
    return new QuotaStorage(storage, maxOctets, Identity::name);
  }

  @Override
  public Mono<Void> check() {
    return inner.check();
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return inner.open(user).flatMap(session -> open(session, account.apply(user)));
  }

  private Mono<StorageSession> open(StorageSession session, String name) {
    return Mono.defer(
        () -> {
          Account entered =
              accounts.compute(
                  name,
                  (key, known) -> known == null ? new Account(1, count(session)) : known.and(1));
          Mono<Void> leave = Mono.<Void>fromRunnable(() -> leave(name)).cache();
          return entered
              .ledger
              .<StorageSession>map(ledger -> new QuotaSession(session, ledger, leave))
              .onErrorResume(e -> session.close().then(leave).then(Mono.error(e)))
              .doOnCancel(() -> leave(name));
        });
  }

  private void leave(String name) {
    accounts.computeIfPresent(name, (key, known) -> known.sessions == 1 ? null : known.and(-1));
  }

  private Mono<Ledger> count(StorageSession session) {
    return session
        .list(RemotePath.root())
        .expandDeep(
            entry ->
                entry.attributes().isDirectory()
                    ? session.list(entry.path()).onErrorResume(vanished -> Flux.empty())
                    : Flux.empty())
        .map(QuotaStorage::octets)
        .reduce(0L, Long::sum)
        .map(used -> new Ledger(maxOctets, used))
        .cache();
  }

  static long octets(FileEntry entry) {
    FileAttributes attributes = entry.attributes();
    return attributes.isFile() ? Math.max(0, attributes.size()) : 0;
  }

  /** Sessions that share a ledger. */
  private record Account(int sessions, Mono<Ledger> ledger) {
    Account and(int more) {
      return new Account(sessions + more, ledger);
    }
  }
}
