package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.BoundServer;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.PasswordExpiry;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import dev.sluice.transport.door.StaticUsers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A server where ann's password, "old", has expired; a new one has eight characters at least. */
final class PasswordExpiryIT {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final Account account = new Account();
  private BoundServer server;

  @BeforeEach
  void start() {
    server =
        SshServer.create()
            .host("127.0.0.1")
            .port(0)
            .hostKey(SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom())))
            .users(attempt -> account.users.authenticate(attempt))
            .authentication(a -> a.withExpiry(account))
            .exec(call -> Mono.just(0))
            .bind()
            .block(WAIT);
  }

  @AfterEach
  void stop() {
    server.close().block(WAIT);
  }

  @Test
  @Conforms("SSH-136")
  void ourClientIsAskedUntilTheNewOneWillDoAndIsThenLetIn() {
    List<String> prompts = new ArrayList<>();
    ArrayDeque<String> choices = new ArrayDeque<>(List.of("short", "long enough"));

    connect(
            new Credential.Password(
                "old",
                prompt -> {
                  prompts.add(prompt);
                  return Mono.just(choices.remove());
                }))
        .close()
        .block(WAIT);

    assertThat(prompts).containsExactly("expired", "too short");
    connect(Credential.password("long enough")).close().block(WAIT);
    assertThatThrownBy(() -> connect(Credential.password("old")))
        .isInstanceOf(AuthenticationFailed.class);
  }

  @Test
  @Conforms("SSH-136")
  void whoChoosesNoneIsNotLetIn() {
    assertThatThrownBy(() -> connect(Credential.password("old")))
        .hasMessageContaining("the password has expired");
    assertThat(account.expired).isTrue();
  }

  @ParameterizedTest
  @MethodSource
  void aCredentialWithoutAnAnswerEndsTheLogin(Credential silent) {
    assertThatThrownBy(() -> connect(silent))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("no answer");
  }

  static Stream<Credential> aCredentialWithoutAnAnswerEndsTheLogin() {
    return Stream.of(
        new Credential.Password("old", prompt -> Mono.empty()),
        new Credential.Interactive(questions -> Mono.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "keyboard-interactive"})
  @Conforms({"SSH-136", "SSH-143"})
  void opensshAsksItsUserForTheNewOne(String method) {
    Peers.require("ssh");
    try (Scratch scratch = Scratch.create("expiry")) {
      Path askpass =
          scratch.write(
              "askpass",
              "#!/bin/sh\n"
                  + "case \"$1\" in *[Nn]ew*|*etype*) echo 'fresh and long';; *) echo old;;"
                  + " esac\n");
      assertThat(askpass.toFile().setExecutable(true)).isTrue();

      Run.of(
              List.of(
                  "env",
                  "SSH_ASKPASS=" + askpass,
                  "SSH_ASKPASS_REQUIRE=force",
                  "ssh",
                  "-F",
                  "none",
                  "-p",
                  Integer.toString(server.address().getPort()),
                  "-o",
                  "StrictHostKeyChecking=no",
                  "-o",
                  "UserKnownHostsFile=/dev/null",
                  "-o",
                  "PreferredAuthentications=" + method,
                  "ann@127.0.0.1",
                  "anything"),
              scratch.base())
          .requireSuccess();

      connect(Credential.password("fresh and long")).close().block(WAIT);
    }
  }

  private SshSession connect(Credential credential) {
    return SshClient.create("127.0.0.1")
        .port(server.address().getPort())
        .user("ann")
        .credential(credential)
        .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
        .connect()
        .block(WAIT);
  }

  /** Ann's. */
  private static final class Account implements PasswordExpiry {
    private volatile StaticUsers users = StaticUsers.of("ann", "old");
    private volatile boolean expired = true;

    @Override
    public Mono<String> prompt(Identity user) {
      return expired ? Mono.just("expired") : Mono.empty();
    }

    @Override
    public Mono<Void> change(Identity user, String newPassword) {
      if (newPassword.length() < 8) {
        return Mono.error(new AuthenticationFailed("too short"));
      }
      assertThat(newPassword).hasSizeLessThan(LoginAttempt.Password.MAX_PASSWORD);
      users = StaticUsers.of("ann", newPassword);
      expired = false;
      return Mono.empty();
    }
  }
}
