package dev.sluice.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.api.login.Right;
import dev.sluice.server.config.ConfigReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** Who gets in, and as what. */
final class AccountLoginTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String DAY_BEFORE = "2026-12-31T23:59:59Z";
  private static final String DAY = "2027-01-01T00:00:00Z";

  /** "correct horse €", by mkpasswd -m bcrypt. */
  private static final String BCRYPT =
      "$2b$05$fJf/C.I0y7.CDGphmGhbPOAbm18MmPVZUC4WNOfvVttjcg6cIc22S";

  private static final String HASH = PasswordHash.of("secret").text();

  @TempDir private Path directory;

  @Test
  void theRightPasswordLetsAUserInWithWhatTheGroupAllows() throws IOException {
    AccountStore store =
        store(
            "groups: [ { name: staff, home: '/srv/{group}/{user}', rights: [list, read] } ]",
            "{ name: ann, group: staff, password: '" + HASH + "' }",
            "{ name: bob, group: staff, rights: [list, write], password: '" + HASH + "' }");

    Identity ann = login(store, "ann", "secret", "192.0.2.1", DAY);
    Identity bob = login(store, "bob", "secret", "192.0.2.1", DAY);

    assertThat(ann.name()).isEqualTo("ann");
    assertThat(ann.rights()).containsExactlyInAnyOrder(Right.LIST, Right.READ);
    assertThat(bob.rights())
        .containsExactlyInAnyOrder(Right.LIST, Right.CREATE, Right.OVERWRITE, Right.APPEND);
    assertThat(store.find("ann").block().home()).isEqualTo("/srv/staff/ann");
    assertRefused(store, "ann", "Secret", "192.0.2.1", DAY);
    assertRefused(store, "Ann", "secret", "192.0.2.1", DAY);
  }

  @Test
  void anAccountOpensOnlyBeforeItExpiresFromItsNetworksAndWhileItIsEnabled() throws IOException {
    String password = ", home: /srv, password: '" + HASH + "'";
    AccountStore store =
        store(
            "groups: [ { name: near, from: ['192.0.2.0/24', '2001:db8::/32'] } ]",
            "{ name: old, expires: 2027-01-01" + password + " }",
            "{ name: near, group: near" + password + " }",
            "{ name: anywhere, group: near, from: ['0.0.0.0/0']" + password + " }",
            "{ name: out, disabled: true" + password + " }");

    login(store, "old", "secret", "192.0.2.1", DAY_BEFORE);
    assertRefused(store, "old", "secret", "192.0.2.1", DAY);
    login(store, "near", "secret", "192.0.2.255", DAY);
    login(store, "near", "secret", "::ffff:192.0.2.9", DAY);
    login(store, "near", "secret", "2001:db8::1", DAY);
    assertRefused(store, "near", "secret", "192.0.3.1", DAY);
    assertRefused(store, "near", "secret", "2001:db9::1", DAY);
    login(store, "anywhere", "secret", "192.0.3.1", DAY);
    assertRefused(store, "out", "secret", "192.0.2.1", DAY);
  }

  @Test
  void aNameThatHasNoPasswordCostsACheckAndIsRefusedEvenIfThatFits() {
    List<String> asked = new CopyOnWriteArrayList<>();
    Account keysOnly = account("keys", "{ home: /srv }");
    AccountStore store =
        new AccountStore() {
          @Override
          public Mono<Account> find(String name) {
            return Mono.justOrEmpty(name.equals("keys") ? keysOnly : null);
          }

          @Override
          public PasswordHash standIn(String name) {
            asked.add(name);
            return PasswordHash.parse(HASH);
          }
        };

    assertRefused(store, "nobody", "secret", "192.0.2.1", DAY);
    assertRefused(store, "keys", "secret", "192.0.2.1", DAY);
    assertThat(asked).containsExactly("nobody", "keys");
  }

  @Test
  void anUnknownNameCostsWhatSomeUserCostsAndAlwaysTheSame() throws IOException {
    String cheap = "$1$saltsalt$ogAGcAkTihvi6bidxfpaW0";
    AccountStore store =
        store(
            "",
            "{ name: ann, home: /srv, password: '" + HASH + "' }",
            "{ name: bob, home: /srv, password: '" + cheap + "' }");

    List<PasswordHash> picked =
        IntStream.range(0, 200).mapToObj(number -> store.standIn("user" + number)).toList();

    assertThat(picked.stream().map(PasswordHash::text)).contains(HASH, cheap);
    assertThat(picked.stream().map(PasswordHash::text).distinct()).hasSize(2);
    for (int number = 0; number < 200; number++) {
      assertThat(store.standIn("user" + number)).isSameAs(picked.get(number));
    }
  }

  @Test
  void withoutAnyPasswordAnUnknownNameCostsANewHash() throws IOException {
    assertThat(store("", "{ name: ann, home: /srv, keys: [] }").standIn("x").kibibytes())
        .isEqualTo(PasswordHash.of("x").kibibytes());
  }

  @Test
  void loginsBeyondTheBoundAreRefusedAtOnceAndTheOthersGetTheirAnswer() throws Exception {
    Scheduler threads = PasswordChecks.threads(1, 2);
    PasswordChecks checks = new PasswordChecks(threads, 1024);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    PasswordHash hash = PasswordHash.parse(BCRYPT);
    threads.schedule(
        () -> {
          begun.countDown();
          awaited(free);
        });
    awaited(begun);

    Mono<Boolean> first = started(checks.matches(hash, "correct horse €"));
    Mono<Boolean> second = started(checks.matches(hash, "wrong"));
    assertThatThrownBy(() -> checks.matches(hash, "late").block(PATIENCE))
        .isInstanceOf(LimitExceeded.class);
    free.countDown();

    assertThat(first.block(PATIENCE)).isTrue();
    assertThat(second.block(PATIENCE)).isFalse();
    threads.dispose();
  }

  @Test
  void aCheckThatIsGivenUpMakesRoomForOthers() {
    Scheduler threads = PasswordChecks.threads(1, 1);
    PasswordChecks checks = new PasswordChecks(threads, 1024);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    PasswordHash hash = PasswordHash.parse(BCRYPT);
    threads.schedule(
        () -> {
          begun.countDown();
          awaited(free);
        });
    awaited(begun);

    checks.matches(hash, "given up").subscribe().dispose();
    assertThatThrownBy(() -> threads.schedule(free::countDown))
        .isInstanceOf(RejectedExecutionException.class);
    free.countDown();

    Boolean right =
        checks
            .matches(hash, "correct horse €")
            .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(1)))
            .block(PATIENCE);
    assertThat(right).isTrue();
  }

  @Test
  void aHashThatNeedsMoreThanAllMemoryOfLoginsIsCheckedAlone() {
    PasswordChecks checks = new PasswordChecks(PasswordChecks.threads(4, 8), 1024);
    PasswordHash large = PasswordHash.parse(HASH);

    List<Boolean> all =
        Mono.zip(
                checks.matches(large, "secret"),
                checks.matches(large, "wrong"),
                checks.matches(large, "secret"))
            .map(three -> List.of(three.getT1(), three.getT2(), three.getT3()))
            .block(PATIENCE);

    assertThat(all).containsExactly(true, false, true);
  }

  @Test
  void aGuestIsRefusedEvenIfAUserHasThatName() throws IOException {
    AccountStore store = store("", "{ name: anonymous, home: /srv, password: '" + HASH + "' }");
    LoginAttempt guest = new LoginAttempt.Anonymous("anonymous", "secret", from("192.0.2.1"));

    assertThatThrownBy(() -> AccountLogin.of(store).authenticate(guest).block(PATIENCE))
        .isInstanceOf(AuthenticationFailed.class);
  }

  @Test
  void allThatIsWrongWithUsersIsSaidAtOnceAndNoPasswordWithIt() {
    assertThatThrownBy(
            () ->
                store(
                    "groups: [ { name: staff, home: '/srv/{user}' } ]",
                    "{ name: ann, home: /srv, password: hunter2 }",
                    "{ name: bob }",
                    "{ name: '../etc', group: staff }",
                    "{ name: '..', group: staff }",
                    "{ name: 'a/b', home: /srv }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user ann has a password that is no hash")
        .hasMessageContaining("user bob has no home; write home:")
        .hasMessageContaining("user ../etc has the directory /srv/{user}")
        .hasMessageContaining("user .. has the directory /srv/{user}")
        .hasMessageNotContaining("user a/b")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "long"})
  void aPasswordThatCannotBeRightIsNotChecked(String kind) throws IOException {
    String password = kind.isEmpty() ? "" : "x".repeat(LoginAttempt.Password.MAX_PASSWORD + 1);
    AccountStore store =
        store(
            "", "{ name: ann, home: /srv, password: '" + PasswordHash.of(password).text() + "' }");

    assertRefused(store, "ann", password, "192.0.2.1", DAY);
  }

  private static Mono<Boolean> started(Mono<Boolean> check) {
    Mono<Boolean> started = check.cache();
    started.subscribe();
    return started;
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertRefused(
      AccountStore store, String user, String password, String address, String now) {
    assertThatThrownBy(() -> login(store, user, password, address, now))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessage("login refused");
  }

  private static Identity login(
      AccountStore store, String user, String password, String address, String now) {
    return AccountLogin.of(
            store, Clock.fixed(Instant.parse(now), ZoneOffset.UTC), PasswordChecks.shared())
        .authenticate(new LoginAttempt.Password(user, password, from(address)))
        .block(PATIENCE);
  }

  private static InetSocketAddress from(String address) {
    try {
      return new InetSocketAddress(InetAddress.getByName(address), 40_000);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Account account(String name, String more) {
    try {
      return store("", more.replace("{ ", "{ name: " + name + ", ")).find(name).block();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private AccountStore store(String groups, String... users) throws IOException {
    StringBuilder text = new StringBuilder("listeners: [ { url: 'ftp://127.0.0.1:0' } ]\n");
    text.append(groups).append("\nusers:\n");
    for (String user : users) {
      text.append("  - ").append(user).append('\n');
    }
    Path file = Files.writeString(directory.resolve("s.yaml"), text);
    return DocumentAccounts.of(ConfigReader.read(file, Map.<String, String>of()::get).config());
  }
}
