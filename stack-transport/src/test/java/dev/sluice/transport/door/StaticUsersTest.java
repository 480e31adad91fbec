package dev.sluice.transport.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.api.login.Right;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

final class StaticUsersTest {
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final StaticUsers users = StaticUsers.of("user", "secret");

  @Test
  void theRightPasswordLetsIn() {
    StepVerifier.create(users.authenticate(password("user", "secret")))
        .expectNext(Identity.of("user"))
        .verifyComplete();
  }

  @Test
  void aWrongPasswordAndAnUnknownNameReadTheSame() {
    assertRefused(users, password("user", "wrong"));
    assertRefused(users, password("nobody", "secret"));
    assertRefused(users, password("user", ""));
    assertRefused(users, password("", ""));
  }

  @Test
  void aPasswordThatIsTooLongIsRefused() {
    String tooLong = "x".repeat(LoginAttempt.Password.MAX_PASSWORD + 1);

    assertRefused(StaticUsers.of("user", tooLong), password("user", tooLong));
    assertRefused(StaticUsers.of("user", ""), password("user", tooLong));
  }

  @Test
  void guestsAreRefusedUnlessAllowed() {
    LoginAttempt guest = new LoginAttempt.Anonymous("anonymous", "a@example.org", CLIENT);

    assertRefused(users, guest);
    Identity identity = users.withGuests().authenticate(guest).block();
    assertThat(identity.rights()).isEqualTo(Right.READ_ONLY);
  }

  @Test
  void eachUserMayHaveAHomeAndFewerRights() {
    Identity reader =
        Identity.of("reader").withHome(RemotePath.of("/home")).withRights(Right.READ_ONLY);

    StepVerifier.create(users.with(reader, "pass").authenticate(password("reader", "pass")))
        .expectNext(reader)
        .verifyComplete();
  }

  @Test
  void anAttemptDoesNotShowItsPassword() {
    assertThat(password("user\r\n", "secret").toString())
        .doesNotContain("secret")
        .contains("user\\x0d\\x0a");
  }

  private static LoginAttempt password(String user, String password) {
    return new LoginAttempt.Password(user, password, CLIENT);
  }

  private static void assertRefused(StaticUsers users, LoginAttempt attempt) {
    StepVerifier.create(users.authenticate(attempt))
        .expectErrorSatisfies(
            refusal ->
                assertThat(refusal)
                    .isInstanceOf(AuthenticationFailed.class)
                    .hasMessage("login refused"))
        .verify();
  }
}
