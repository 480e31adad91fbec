package dev.sluice.server.view;

import dev.sluice.api.IoScheduler;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.server.account.Account;
import dev.sluice.server.config.FolderConfig;
import dev.sluice.server.config.Octets;
import dev.sluice.server.config.PolicyConfig;
import dev.sluice.server.config.QuotaConfig;
import dev.sluice.server.config.Rate;
import dev.sluice.server.config.RateConfig;
import dev.sluice.server.config.Secret;
import dev.sluice.storage.decorate.Bandwidth;
import dev.sluice.storage.decorate.GuardedPaths;
import dev.sluice.storage.decorate.MountedStorage;
import dev.sluice.storage.decorate.QuotaStorage;
import dev.sluice.storage.decorate.ThrottledStorage;
import dev.sluice.storage.local.LocalStorage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The trees of users, from the inside out: the home with its quota, folders mounted in it with
 * theirs, the rules of the user, the rate. What is counted is kept as long as the part of the
 * document that it comes from stays the same, so that all sessions of a user share it, and a reload
 * does not begin again.
 */
public final class UserTrees {
  private final Map<String, Tree> trees = new ConcurrentHashMap<>();
  private final Map<String, Folder> folders = new ConcurrentHashMap<>();
  private final AtomicReference<Total> total = new AtomicReference<>();

  /** What one user sees. */
  private record Tree(String home, PolicyConfig policy, Storage storage) {}

  /**
   * A directory of this machine that users may have in common, and how much may be stored there.
   */
  private record Folder(@Nullable QuotaConfig quota, Storage storage) {}

  /** How fast all users together may transfer. */
  private record Total(RateConfig rate, ThrottledStorage storage) {}

  /** No trees yet. */
  public UserTrees() {}

  /**
   * Finds what is wrong with what an account is to see. Opens nothing.
   *
   * @throws IllegalArgumentException without secrets
   */
  public static void check(Account account) {
    PolicyConfig policy = account.policy();
    UserRules.of(policy);
    if (policy.folders() != null) {
      policy.folders().forEach((path, folder) -> check(account, path, folder));
    }
  }

  private static void check(Account account, String path, FolderConfig folder) {
    String directory = folder.path();
    Secret url = folder.url();
    if (directory != null && !Files.isDirectory(Path.of(account.resolved(directory)))) {
      throw new IllegalArgumentException(
          "has the folder %s, and %s is no directory; make it"
              .formatted(path, account.resolved(directory)));
    }
    if (url != null) {
      try {
        RemoteFolder.of(URI.create(url.value()));
      } catch (IllegalArgumentException fault) {
        throw new IllegalArgumentException(
            "has the folder %s, whose url names no server that can be reached; write it as"
                    .formatted(path)
                + " sftp://user:password@host/directory",
            fault);
      }
    }
  }

  /**
   * The trees of the users of one document.
   *
   * @param accounts the account of a name; empty = it is gone
   * @param rate how fast all users together may transfer; null = without limit
   */
  public Storage of(Function<String, Optional<Account>> accounts, @Nullable RateConfig rate) {
    Storage each = user -> open(accounts, user);
    return rate == null ? each : total(rate).over(each);
  }

  private ThrottledStorage total(RateConfig rate) {
    return total
        .updateAndGet(
            before ->
                before != null && before.rate().equals(rate)
                    ? before
                    : new Total(
                        rate,
                        ThrottledStorage.of(
                            user -> Mono.empty(), together(rate.down()), together(rate.up()))))
        .storage();
  }

  private Mono<StorageSession> open(Function<String, Optional<Account>> accounts, Identity user) {
    return Mono.fromCallable(() -> tree(accounts.apply(user.name()), user.name()))
        .subscribeOn(IoScheduler.shared()) // a client of another server reads files
        .flatMap(tree -> tree.open(user));
  }

  private Storage tree(Optional<Account> found, String user) {
    Account account =
        found.orElseThrow(() -> new IllegalStateException("user " + user + " is gone"));
    return trees.compute(user, (name, before) -> tree(before, account)).storage();
  }

  private Tree tree(@Nullable Tree before, Account account) {
    String home = account.home();
    PolicyConfig policy = account.policy();
    if (before != null && before.home().equals(home) && before.policy().equals(policy)) {
      return before;
    }
    Path root = Path.of(home);
    Storage whole =
        mounted(quota(LocalStorage.perUser(user -> root), policy.quota()), account, policy);
    UserRules rules = UserRules.of(policy);
    Storage guarded =
        rules.isEmpty()
            ? whole
            : user ->
                whole
                    .open(user)
                    .map(session -> GuardedPaths.of(new VeiledSession(session, rules), rules));
    RateConfig rate = policy.rate();
    return new Tree(
        home,
        policy,
        rate == null ? guarded : ThrottledStorage.of(guarded, own(rate.down()), own(rate.up())));
  }

  private Storage mounted(Storage home, Account account, PolicyConfig policy) {
    if (policy.folders() == null || policy.folders().isEmpty()) {
      return home;
    }
    MountedStorage all = MountedStorage.of(home);
    for (Map.Entry<String, FolderConfig> each : policy.folders().entrySet()) {
      all = all.mount(RemotePath.of(each.getKey()), folder(account, each.getValue()));
    }
    return all;
  }

  private Storage folder(Account account, FolderConfig folder) {
    Secret url = folder.url();
    if (url != null) {
      return quota(RemoteFolder.of(URI.create(url.value())), folder.quota());
    }
    String directory = account.resolved(Objects.requireNonNull(folder.path()));
    return folders
        .compute(
            directory,
            (name, before) ->
                before != null && Objects.equals(before.quota(), folder.quota())
                    ? before
                    : new Folder(
                        folder.quota(),
                        quota(LocalStorage.perUser(user -> Path.of(directory)), folder.quota())))
        .storage();
  }

  private static Storage quota(Storage storage, @Nullable QuotaConfig quota) {
    if (quota == null) {
      return storage;
    }
    Octets octets = quota.bytes();
    Long files = quota.files();
    return QuotaStorage.of(storage, octets == null ? Long.MAX_VALUE : octets.number())
        .files(files == null ? Long.MAX_VALUE : files);
  }

  private static Bandwidth own(@Nullable Rate rate) {
    return rate == null
        ? Bandwidth.UNLIMITED
        : Bandwidth.UNLIMITED.withUser(rate.octetsPerSecond());
  }

  private static Bandwidth together(@Nullable Rate rate) {
    return rate == null
        ? Bandwidth.UNLIMITED
        : Bandwidth.UNLIMITED.withTotal(rate.octetsPerSecond());
  }
}
