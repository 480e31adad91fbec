package dev.sluice.storage.decorate;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.decorate.Ledger.Content;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A storage whose files together are no more, and hold no more octets, than a quota allows; an
 * operation that would pass it signals {@code QUOTA_EXCEEDED}.
 *
 * <p>The tree is walked and counted when the first session opens, and the count is kept up to date
 * until the last session closes. While a file is being replaced, its larger size counts. Changes
 * that bypass this storage, and concurrent changes to one file, are counted correctly at the next
 * walk.
 */
public final class QuotaStorage implements Storage {
  private final Storage inner;
  private final Content max;
  private final Function<Identity, String> account;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  private QuotaStorage(Storage inner, Content max, Function<Identity, String> account) {
    if (max.octets() < 0 || max.files() < 0) {
      throw new IllegalArgumentException("negative quota: " + max);
    }
    this.inner = inner;
    this.max = max;
    this.account = account;
  }

  /** One quota for the tree that all users share. */
  public static QuotaStorage of(Storage storage, long maxOctets) {
    return new QuotaStorage(storage, new Content(maxOctets, Long.MAX_VALUE), user -> "");
  }

  /** A quota for each user, if each has its own tree. */
  public static QuotaStorage perUser(Storage storage, long maxOctets) {
    return new QuotaStorage(storage, new Content(maxOctets, Long.MAX_VALUE), Identity::name);
  }

  /** This storage with a quota of regular files, too. A file with two names counts twice. */
  public QuotaStorage files(long most) {
    return new QuotaStorage(inner, new Content(max.octets(), most), account);
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
        .map(QuotaStorage::content)
        .reduce(Content.NONE, Content::plus)
        .map(used -> new Ledger(max, used))
        .cache();
  }

  static Content content(FileEntry entry) {
    FileAttributes attributes = entry.attributes();
    return attributes.isFile() ? new Content(Math.max(0, attributes.size()), 1) : Content.NONE;
  }

  /** Sessions that share a ledger. */
  private record Account(int sessions, Mono<Ledger> ledger) {
    Account and(int more) {
      return new Account(sessions + more, ledger);
    }
  }
}
