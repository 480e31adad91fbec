package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.ssh.auth.LoginPolicy;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.AuthMethod;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.message.UserAuthRequest;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins on the server, by a client that does what it likes. */
final class ServerLoginTest {
  private static final String ALGORITHM = SignatureAlgorithms.ED25519.name();
  private static final AuthMethod GOOD = new AuthMethod.Password(Cores.PASSWORD, null);
  private static final AuthMethod BAD = new AuthMethod.Password("wrong", null);

  private final SshKeyPair known = SshKeyPair.of(Ed25519PrivateKey.generate(new FixedRandom(21)));
  private final SshKeyPair other = SshKeyPair.of(Ed25519PrivateKey.generate(new FixedRandom(22)));
  private RawPeer peer = login(Cores.policy());

  @AfterEach
  void close() {
    peer.close();
  }

  @Test
  @Conforms({"SSH-129", "SSH-130"})
  void noneAsksForTheMethodsAndCountsOnlyOnce() {
    assertThat(failure(new AuthMethod.None()).methods())
        .containsExactly("publickey", "password", "keyboard-interactive");
    assertThat(peer.events.stream().filter(ServerLoginTest::isRefusal)).isEmpty();
  }

  @Test
  @Conforms("SSH-150")
  void theWordOfAnotherHostLetsNobodyIn() {
    assertThat(failure(new AuthMethod.Unknown("hostbased", new byte[40])).methods())
        .doesNotContain("hostbased");
    assertThat(peer.isLoggedIn()).isFalse();
  }

  @Test
  void whoAsksForTheLoginAgainIsAnsweredAgainAndMayStillLogIn() {
    peer.heard();
    for (int i = 0; i < 3; i++) {
      peer.send(new TransportMessage.ServiceRequest("ssh-userauth"));
      assertThat(peer.heard()).containsExactly(TransportMessage.ServiceAccept.NUMBER);
    }

    peer.send(RawPeer.request(GOOD));

    assertThat(peer.isLoggedIn()).isTrue();
  }

  @Test
  void whoAsksForAnotherServiceAmidTheLoginIsRefused() {
    peer.send(new TransportMessage.ServiceRequest("ssh-connection"));

    assertThat(peer.failure).hasMessageContaining("ssh-connection");
  }

  @Test
  @Conforms("SSH-148")
  void everyRefusalTakesTheSameTimeAndSaysTheSame() {
    for (AuthMethod method : List.of(BAD, query(other), new AuthMethod.Unknown("x", new byte[3]))) {
      peer.send(RawPeer.request(method));
      assertThat(peer.heard()).isEmpty();
      peer.waits(Duration.ofMillis(4));
      assertThat(peer.heard()).isEmpty();
      peer.waits(Duration.ofMillis(1));
      assertThat(peer.heard()).containsExactly(AuthMessage.Failure.NUMBER);
    }
  }

  @Test
  @Conforms("SSH-148")
  void cve20166210WhetherAUserIsKnownDoesNotShowInTheTimeOfTheRefusal() {
    for (String user : List.of(Cores.USER, "nobody-here")) {
      for (int decision : List.of(0, 2, 4)) { // milliseconds: hashing takes its time
        replace(login(Cores.policy()));
        peer.answersLogins = false;
        long shown = peer.clock.getAsLong();
        peer.send(new UserAuthRequest(user, "ssh-connection", BAD));
        peer.waits(Duration.ofMillis(decision));
        peer.core.decide(false);
        peer.pump();

        assertThat(peer.heard()).isEmpty();
        assertThat(peer.core.nextDeadlineNanos() - shown).isEqualTo(Duration.ofMillis(5).toNanos());
      }
    }
  }

  @Test
  @Conforms("SSH-146")
  void sixFailuresEndTheConnection() {
    for (int i = 0; i < 6; i++) {
      peer.send(RawPeer.request(BAD)).waits(Duration.ofMillis(5));
    }

    assertThat(peer.failure).isInstanceOf(AuthenticationFailed.class);
    assertThat(peer.disconnectReason())
        .isEqualTo(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE.code());
  }

  @Test
  @Conforms({"SSH-137", "SSH-138"})
  void aKeyThatIsKnownIsAskedForAndItsSignatureLetsIn() {
    know(known);
    peer.send(RawPeer.request(query(known)));
    AuthMessage.PkOk wanted =
        AuthMessage.PkOk.decode(Unpooled.wrappedBuffer(tail(peer.awaits(60))));
    assertThat(wanted.key()).isEqualTo(known.publicKey().blob());
    assertThat(peer.isLoggedIn()).isFalse();

    peer.send(RawPeer.request(signed(known, known)));
    pump();

    assertThat(peer.isLoggedIn()).isTrue();
  }

  @Test
  @Conforms("SSH-139")
  void cve202445337AKeyThatWasShownIsNotAKeyThatWasProved() {
    know(known);
    peer.send(RawPeer.request(query(known)));
    peer.send(RawPeer.request(signed(known, other)));
    pump();

    assertThat(peer.isLoggedIn()).isFalse();
    assertThat(peer.events.stream().filter(this::isProof)).isEmpty();
  }

  @Test
  @Conforms({"SSH-139", "SSH-148"})
  void cve201815473AMalformedKeyIsRefusedLikeAnUnknownOne() {
    for (byte[] blob :
        List.of(
            new byte[0],
            new byte[] {0, 0, 0, 7, 1},
            "/etc/passwd".getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
      AuthMessage.Failure failure = failure(new AuthMethod.PublicKey(ALGORITHM, blob, null, null));
      assertThat(failure.partialSuccess()).isFalse();
    }
    assertThat(peer.failure).isNull();
  }

  @Test
  @Conforms("SSH-131")
  void everyStepOfASequenceIsNeeded() {
    replace(login(Cores.policy(List.of(List.of("publickey", "password")))));
    know(known);

    assertThat(failure(GOOD).methods()).containsExactly("publickey");
    peer.send(RawPeer.request(signed(known, known)));
    pump();
    AuthMessage.Failure half = decode(peer.awaits(AuthMessage.Failure.NUMBER));
    assertThat(half.partialSuccess()).isTrue();
    assertThat(half.methods()).containsExactly("password");
    assertThat(peer.isLoggedIn()).isFalse();

    peer.send(RawPeer.request(GOOD));
    pump();
    assertThat(peer.isLoggedIn()).isTrue();
  }

  @Test
  @Conforms("SSH-131")
  void oneKeyIsNotTwo() {
    replace(login(Cores.policy(List.of(List.of("publickey", "publickey")))));
    know(known);
    peer.send(RawPeer.request(signed(known, known)));
    pump();
    peer.awaits(AuthMessage.Failure.NUMBER);

    assertThat(failure(signed(known, known)).partialSuccess()).isFalse();
    assertThat(peer.isLoggedIn()).isFalse();
  }

  @Test
  @Conforms("SSH-128")
  void cve202136368AnotherUserBeginsAnew() {
    replace(login(Cores.policy(List.of(List.of("publickey", "password")))));
    know(known);
    peer.send(RawPeer.request(signed(known, known)));
    pump();
    peer.heard();

    peer.send(new UserAuthRequest("bob", "ssh-connection", GOOD)).waits(Duration.ofMillis(5));

    assertThat(decode(peer.awaits(AuthMessage.Failure.NUMBER)).methods())
        .containsExactly("publickey");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann\0", "a\nb", "\u001b[2J"})
  @Conforms("SSH-149")
  void cve202547812NamesWithControlCharactersAreRefusedUnseen(String name) {
    peer.send(new UserAuthRequest(name, "ssh-connection", GOOD)).waits(Duration.ofMillis(5));

    peer.awaits(AuthMessage.Failure.NUMBER);
    assertThat(peer.events.stream().map(Object::toString))
        .noneMatch(text -> text.contains("PasswordShown"));
  }

  @Test
  @Conforms({"SSH-142", "SSH-143"})
  void aWrongNumberOfAnswersIsAFailure() {
    peer.send(RawPeer.request(new AuthMethod.KeyboardInteractive("")));
    peer.awaits(AuthMessage.METHOD_REPLY);
    peer.send(new AuthMessage.InfoResponse(List.of(Cores.PASSWORD, "more")));
    peer.waits(Duration.ofMillis(5));

    peer.awaits(AuthMessage.Failure.NUMBER);
    assertThat(peer.isLoggedIn()).isFalse();
  }

  @Test
  @Conforms("SSH-136")
  void anExpiredPasswordLetsInOnlyBehindANewOne() {
    peer.answersLogins = false;
    peer.send(RawPeer.request(GOOD));
    peer.core.demandNewPassword("choose another");
    peer.pump();
    assertThat(
            AuthMessage.PasswordChangeRequest.decode(
                    Unpooled.wrappedBuffer(tail(peer.awaits(AuthMessage.METHOD_REPLY))))
                .prompt())
        .isEqualTo("choose another");
    assertThat(peer.isLoggedIn()).isFalse();

    peer.send(RawPeer.request(new AuthMethod.Password(Cores.PASSWORD, "fresh")));
    assertThat(shown().replacement()).isEqualTo("fresh");
    assertThat(peer.isLoggedIn()).isFalse();
    peer.core.decide(true);
    peer.pump();

    peer.awaits(AuthMessage.Success.NUMBER);
    assertThat(peer.isLoggedIn()).isTrue();
    assertThat(shown().toString()).doesNotContain("fresh", Cores.PASSWORD);
  }

  @Test
  @Conforms({"SSH-136", "SSH-143"})
  void whoAnswersQuestionsIsAskedForANewPasswordTwiceAndUntilTheTwoAreTheSame() {
    peer.answersLogins = false;
    peer.send(RawPeer.request(new AuthMethod.KeyboardInteractive("")));
    peer.awaits(AuthMessage.METHOD_REPLY);
    peer.send(new AuthMessage.InfoResponse(List.of(Cores.PASSWORD)));
    peer.core.demandNewPassword("choose another");
    peer.pump();

    assertThat(questions().prompts()).hasSize(2).noneMatch(AuthMessage.InfoRequest.Prompt::echo);
    peer.send(new AuthMessage.InfoResponse(List.of("one", "two")));
    assertThat(questions().instruction()).contains("not the same");
    peer.send(new AuthMessage.InfoResponse(List.of("fresh", "fresh")));
    assertThat(shown())
        .isEqualTo(new LoginEvent.PasswordShown(Cores.USER, Cores.PASSWORD, "fresh"));
    peer.core.decide(true);
    peer.pump();

    peer.awaits(AuthMessage.Success.NUMBER);
  }

  private LoginEvent.PasswordShown shown() {
    return peer.events.stream()
        .filter(SshEvent.Login.class::isInstance)
        .map(event -> ((SshEvent.Login) event).what())
        .filter(LoginEvent.PasswordShown.class::isInstance)
        .map(LoginEvent.PasswordShown.class::cast)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private AuthMessage.InfoRequest questions() {
    return AuthMessage.InfoRequest.decode(
        Unpooled.wrappedBuffer(tail(peer.awaits(AuthMessage.METHOD_REPLY))));
  }

  @Test
  @Conforms({"SSH-142", "SSH-145"})
  void aNewRequestLeavesAQuestionWithoutAnAnswer() {
    peer.send(RawPeer.request(new AuthMethod.KeyboardInteractive("")));
    peer.awaits(AuthMessage.METHOD_REPLY);

    peer.send(RawPeer.request(GOOD));

    assertThat(peer.heard()).startsWith(AuthMessage.Success.NUMBER);
  }

  @Test
  @Conforms("SSH-133")
  void requestsBehindTheLoginAreIgnored() {
    peer.send(RawPeer.request(GOOD)).awaits(AuthMessage.Success.NUMBER);
    peer.heard();

    peer.send(RawPeer.request(BAD));

    assertThat(peer.failure).isNull();
    assertThat(peer.heard()).isEmpty();
  }

  private static RawPeer login(LoginPolicy policy) {
    SshCore core =
        new SshCore(
            Cores.settings(Role.SERVER),
            Cores.server(policy, WindowLimits.DEFAULT),
            ByteBufAllocator.DEFAULT);
    RawPeer peer = new RawPeer(Role.CLIENT, core);
    peer.handshake().send(new TransportMessage.ServiceRequest("ssh-userauth"));
    peer.heard();
    return peer;
  }

  private void replace(RawPeer another) {
    peer.close();
    peer = another;
  }

  /** The key may log ann in. */
  private void know(SshKeyPair key) {
    peer.mayLogIn = shown -> shown.key().equals(key.publicKey());
  }

  private void pump() {
    peer.waits(Duration.ofMillis(6));
  }

  private AuthMessage.Failure failure(AuthMethod method) {
    peer.send(RawPeer.request(method)).waits(Duration.ofMillis(5));
    return decode(peer.awaits(AuthMessage.Failure.NUMBER));
  }

  private static AuthMessage.Failure decode(byte[] payload) {
    return AuthMessage.Failure.decode(Unpooled.wrappedBuffer(tail(payload)));
  }

  private static byte[] tail(byte[] payload) {
    return java.util.Arrays.copyOfRange(payload, 1, payload.length);
  }

  private static AuthMethod.PublicKey query(SshKeyPair key) {
    return new AuthMethod.PublicKey(ALGORITHM, key.publicKey().blob(), null, null);
  }

  /** A request that shows one key and is signed with another. */
  private AuthMethod.PublicKey signed(SshKeyPair shown, SshKeyPair signer) {
    AuthMethod.PublicKey unsigned = query(shown);
    byte[] data =
        RawPeer.request(unsigned)
            .signedData(Optional.ofNullable(peer.sessionId).orElseThrow(), unsigned);
    return unsigned.signed(signer.sign(SignatureAlgorithms.ED25519, data));
  }

  private static boolean isRefusal(SshEvent event) {
    return event instanceof SshEvent.Login login && login.what() instanceof LoginEvent.LoginRefused;
  }

  private boolean isProof(SshEvent event) {
    return event instanceof SshEvent.Login login
        && login.what() instanceof LoginEvent.KeyShown shown
        && shown.proven();
  }
}
