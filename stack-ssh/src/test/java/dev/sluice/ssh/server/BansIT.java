package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.peer.Peers;
import dev.sluice.transport.Network;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * The client of OpenSSH that guesses passwords, and those who share an address with it or do not.
 */
final class BansIT {
  private static final Duration WAIT = Duration.ofSeconds(30);

  /** Two failures in this time are a ban: long enough for two runs of ssh. */
  private static final Duration BAN = Duration.ofSeconds(5);

  private static final int TWO = 2;

  /** More runs of ssh than any of the tests needs. */
  private static final int MANY = 200;

  private static final String GUESSER = "127.0.0.2";
  private static final String OTHER = "127.0.0.3";
  private static final String BALANCER = "127.0.0.4";

  /** Between attempts of an address that is banned. */
  private static final long PAUSE_NANOS = 50_000_000;

  private final BlockingQueue<SessionEvent.Banned> bans = new LinkedBlockingQueue<>();
  private Scratch scratch;
  private BoundServer server;

  @BeforeEach
  void start() {
    Peers.require("ssh", "sshpass");
    scratch = Scratch.create("bans");
    server =
        SshServer.create()
            .host("127.0.0.1")
            .port(0)
            .hostKey(SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom())))
            .users(TestServer.users())
            .exec(call -> Mono.just(0))
            .observer(this::note)
            .login(
                usual ->
                    usual
                        .withDelay(Duration.ofMillis(1))
                        .withBanAfter(TWO)
                        .withBanTime(BAN)
                        .withNeverBanned(List.of(Network.parse(BALANCER + "/32"))))
            .bind()
            .block(WAIT);
  }

  @AfterEach
  void stop() {
    server.close().block(WAIT);
    scratch.close();
  }

  @Test
  void whoGuessesIsBannedForTwiceAsLongTheSecondTimeAndNobodyElseIs() {
    SessionEvent.Banned first = guessUntilBanned();
    assertThat(first.whom()).isEqualTo(GUESSER);
    assertThat(first.time()).isEqualTo(BAN);
    Run banned = ssh(GUESSER, TestServer.PASSWORD);
    assertThat(banned.exitCode()).isEqualTo(255);
    assertThat(ssh(OTHER, TestServer.PASSWORD).exitCode()).isZero();

    long patience = System.nanoTime() + WAIT.toNanos();
    while (ssh(GUESSER, TestServer.PASSWORD).exitCode() != 0) { // until the ban is over
      assertThat(System.nanoTime()).isLessThan(patience);
      LockSupport.parkNanos(PAUSE_NANOS);
    }

    SessionEvent.Banned second = guessUntilBanned();
    assertThat(second.whom()).isEqualTo(GUESSER);
    assertThat(second.time()).isEqualTo(BAN.multipliedBy(2));
    assertThat(ssh(OTHER, TestServer.PASSWORD).exitCode()).isZero();
  }

  @Test
  void anAddressOnTheSafeListIsNeverBanned() {
    for (int i = 0; i < 3 * TWO; i++) {
      assertThat(ssh(BALANCER, "wrong").exitCode()).isNotZero();
    }
    assertThat(bans).isEmpty();
    assertThat(ssh(BALANCER, TestServer.PASSWORD).exitCode()).isZero();
  }

  private SessionEvent.Banned guessUntilBanned() {
    int runs = 0;
    while (bans.isEmpty()) {
      assertThat(ssh(GUESSER, "wrong").exitCode()).isNotZero();
      assertThat(++runs).isLessThan(MANY);
    }
    return bans.remove();
  }

  private void note(SessionEvent event) {
    if (event instanceof SessionEvent.Banned banned) {
      bans.add(banned);
    }
  }

  private Run ssh(String from, String password) {
    List<String> words = new ArrayList<>(List.of("sshpass", "-p", password, "ssh", "-F", "none"));
    for (String option :
        List.of(
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "PreferredAuthentications=password",
            "NumberOfPasswordPrompts=1")) {
      words.addAll(List.of("-o", option));
    }
    String port = Integer.toString(server.address().getPort());
    words.addAll(List.of("-b", from, "-p", port, TestServer.USER + "@127.0.0.1", "true"));
    return Run.of(words, Path.of("/dev/null"), scratch.base(), WAIT);
  }
}
