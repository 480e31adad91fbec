package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.kex.KexAlgorithm;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What two sides agree on, and what may be said until they have. */
final class NegotiationTest {
  private static final KexInit.Direction LANE =
      new KexInit.Direction(List.of("aes128-ctr"), List.of("hmac-sha2-256"), List.of("none"));

  private RawPeer peer = RawPeer.client();

  @AfterEach
  void close() {
    peer.close();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  @Conforms({"SSH-031", "SSH-032"})
  void theClientsFirstNameThatTheServerHasIsTaken(Role role) {
    KexInit client =
        init(
            List.of("unknown", "diffie-hellman-group16-sha512", "curve25519-sha256"),
            List.of("ssh-dss", "rsa-sha2-256", "ssh-ed25519"),
            lane("aes256-ctr,aes128-ctr", "hmac-sha2-512,hmac-sha2-256"),
            lane("aes128-ctr,aes256-ctr", "hmac-sha2-256,hmac-sha2-512"));
    KexInit server =
        init(
            List.of("curve25519-sha256", "diffie-hellman-group16-sha512"),
            List.of("ssh-ed25519", "rsa-sha2-256"),
            lane("aes128-ctr,aes256-ctr", "hmac-sha2-256,hmac-sha2-512"),
            lane("aes128-ctr,aes256-ctr", "hmac-sha2-256,hmac-sha2-512"));

    Agreement agreed = agree(role, client, server);

    assertThat(agreed.kex().name()).isEqualTo("diffie-hellman-group16-sha512");
    assertThat(agreed.hostKey().name()).isEqualTo("rsa-sha2-256");
    assertThat(agreed.toServer().toString()).isEqualTo("aes256-ctr hmac-sha2-512");
    assertThat(agreed.toClient().toString()).isEqualTo("aes128-ctr hmac-sha2-256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kex", "host key", "cipher", "MAC", "compression"})
  @Conforms("SSH-033")
  void whereNothingIsInCommonTheErrorNamesTheListAndBothOffers(String list) {
    KexInit theirs =
        init(
            List.of(list.equals("kex") ? "strange" : "curve25519-sha256"),
            List.of(list.equals("host key") ? "strange" : "ssh-ed25519"),
            LANE,
            new KexInit.Direction(
                List.of(list.equals("cipher") ? "strange" : "aes128-ctr"),
                List.of(list.equals("MAC") ? "strange" : "hmac-sha2-256"),
                List.of(list.equals("compression") ? "strange" : "none")));
    peer.identify().send(theirs);

    assertThat(peer.failure)
        .isInstanceOf(SshViolation.class)
        .hasMessageContaining("strange")
        .hasMessageContaining("we offer")
        .hasMessageContaining(list.equals("kex") ? "key exchange methods" : list);
    assertThat(peer.disconnectReason()).isEqualTo(DisconnectReason.KEY_EXCHANGE_FAILED.code());
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  @Conforms("SSH-034")
  void withACipherThatAuthenticatesNoMacIsNeeded(Role role) {
    KexInit.Direction client = lane("aes128-gcm@openssh.com", "one");
    KexInit.Direction server = lane("aes128-gcm@openssh.com", "another");

    Agreement agreed =
        agree(role, init("curve25519-sha256", client), init("curve25519-sha256", server));

    assertThat(agreed.toServer().cipher()).isEqualTo(Ciphers.AES128_GCM);
    assertThat(agreed.toServer().mac()).isEqualTo(Macs.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ext-info-c", "ext-info-s", "kex-strict-c-v00@openssh.com", "kex-strict-s"})
  @Conforms("SSH-035")
  void aMarkerIsNeverTheMethod(String marker) {
    KexInit only = init(marker, LANE);

    assertThatThrownBy(() -> agree(Role.SERVER, only, only)).isInstanceOf(SshViolation.class);
    assertThat(
            agree(
                    Role.SERVER,
                    init(List.of(marker, "curve25519-sha256"), List.of("ssh-ed25519"), LANE, LANE),
                    init(List.of(marker, "curve25519-sha256"), List.of("ssh-ed25519"), LANE, LANE))
                .kex()
                .name())
        .isEqualTo("curve25519-sha256");
  }

  @ParameterizedTest
  @CsvSource({
    "curve25519-sha256, ssh-ed25519, false",
    "diffie-hellman-group16-sha512, ssh-ed25519, true",
    "curve25519-sha256, rsa-sha2-256, true"
  })
  @Conforms("SSH-036")
  void aGuessIsRightOnlyIfBothFirstNamesAreTheSame(String kex, String hostKey, boolean wrong) {
    KexInit ours = init("curve25519-sha256", LANE);
    KexInit theirs =
        new KexInit(
            new byte[16],
            List.of(kex, "curve25519-sha256"),
            List.of(hostKey, "ssh-ed25519"),
            LANE,
            LANE,
            true);

    assertThat(
            new Negotiation(Role.SERVER, SshAlgorithms.forServer(), ours, theirs).guessWasWrong())
        .isEqualTo(wrong);
  }

  @Test
  @Conforms("SSH-036")
  void exactlyOnePacketIsDroppedBehindAWrongGuess() {
    KexInit usual = peer.kexInit();
    List<String> kex = new ArrayList<>(List.of("wrong-guess"));
    kex.addAll(usual.kex());
    KexInit guessing =
        new KexInit(
            usual.cookie(), kex, usual.hostKeys(), usual.toServer(), usual.toClient(), true);
    peer.identify().send(guessing).payload((byte) 30, (byte) 1, (byte) 2);
    assertThat(peer.failure).isNull();

    peer.exchange(guessing, peer.awaits(KexInit.NUMBER));

    assertThat(peer.logIn().isLoggedIn()).isTrue();
  }

  @Test
  @Conforms({"SSH-001", "SSH-030", "SSH-037", "SSH-070", "SSH-071", "SSH-078"})
  void weSpeakAtOnceAndGuessNothing() {
    KexInit first = sent(peer.identify());
    peer.close();
    peer = RawPeer.client();
    KexInit second = sent(peer.identify());

    assertThat(first.firstKexPacketFollows()).isFalse();
    assertThat(first.kex().get(0)).isEqualTo("curve25519-sha256");
    assertThat(first.kex()).endsWith("ext-info-s", "kex-strict-s", "kex-strict-s-v00@openssh.com");
    assertThat(second.kex()).isEqualTo(first.kex());
  }

  @Test
  @Conforms({"SSH-030", "SSH-076", "SSH-078"})
  void aLaterKexInitHasAnotherCookieAndNoMarkers() {
    peer.identify();
    KexInit own = peer.kexInit();
    peer.send(own);
    byte[] payload = peer.awaits(KexInit.NUMBER);
    KexInit first = decoded(payload);
    peer.exchange(own, payload);
    peer.logIn();
    peer.heard();
    peer.core.rekey();
    peer.pump();

    KexInit later = decoded(peer.awaits(KexInit.NUMBER));

    assertThat(later.cookie()).isNotEqualTo(first.cookie());
    assertThat(later.kex()).noneMatch(name -> name.contains("strict") || name.contains("ext-info"));
  }

  @Test
  @Conforms("SSH-030")
  void reservedBitsAndLanguagesMeanNothing() {
    byte[] payload = payload(peer.kexInit());
    payload[payload.length - 1] = 7;
    peer.identify().payload(payload);

    assertThat(peer.failure).isNull();
    peer.payload(Arrays.copyOf(payload, payload.length + 1));
    assertThat(peer.failure).isNotNull();
  }

  @Test
  @Conforms({"SSH-038", "SSH-124"})
  void betweenOurKexInitAndOurNewKeysNothingElseGoesOut() {
    peer.handshake().logIn();
    peer.heard();
    peer.core.rekey();
    peer.pump();
    peer.send(new TransportMessage.Ping(new byte[1])); // to be answered, but not now
    peer.send(new TransportMessage.Ignore(new byte[1]));
    byte[] theirs = peer.awaits(KexInit.NUMBER);
    assertThat(peer.heard()).isEmpty();

    KexInit own = peer.kexInit();
    peer.send(own);
    peer.exchange(own, theirs);

    assertThat(peer.heard()).containsExactly(TransportMessage.Pong.NUMBER);
  }

  @Test
  @Conforms("SSH-039")
  void whatWasUnderWayWhenWeBeganIsStillTaken() {
    peer.handshake().logIn();
    peer.core.rekey();
    peer.pump();
    for (int i = 0; i < 100; i++) {
      peer.send(new TransportMessage.Ping(new byte[1]));
    }
    assertThat(peer.failure).isNull();

    peer.send(peer.kexInit()).send(new TransportMessage.Ping(new byte[1]));

    assertThat(peer.failure).hasMessageContaining("before NEWKEYS");
  }

  @ParameterizedTest
  @ValueSource(bytes = {20, 21, 31, 34})
  @Conforms("SSH-040")
  void aMessageOfTheExchangeThatIsNotDueEndsTheConnection(byte number) {
    peer.identify().send(peer.kexInit()).payload(number);

    assertThat(peer.failure).isInstanceOf(SshViolation.class).hasMessageContaining("in state");
  }

  @Test
  @Conforms("SSH-040")
  void kexInitsThatCrossAreOneExchange() {
    peer.handshake().logIn();
    peer.heard();
    KexInit own = peer.kexInit();
    peer.core.rekey();
    peer.send(own);

    peer.exchange(own, peer.awaits(KexInit.NUMBER));

    assertThat(peer.heard()).doesNotContain(KexInit.NUMBER);
    assertThat(peer.failure).isNull();
  }

  @Test
  @Conforms("SSH-068")
  void everyMethodOfAClientIsKnownToOurServerOrOptional() {
    List<String> client = SshAlgorithms.forClient().kex().stream().map(KexAlgorithm::name).toList();
    List<String> server = SshAlgorithms.forServer().kex().stream().map(KexAlgorithm::name).toList();

    assertThat(client).containsAll(server);
  }

  private static KexInit sent(RawPeer peer) {
    return decoded(peer.awaits(KexInit.NUMBER));
  }

  private static KexInit decoded(byte[] payload) {
    return KexInit.decode(Unpooled.wrappedBuffer(payload, 1, payload.length - 1));
  }

  private static byte[] payload(KexInit message) {
    return dev.sluice.ssh.wire.Encoded.bytes(message::encode);
  }

  private static Agreement agree(Role role, KexInit client, KexInit server) {
    UnaryOperator<SshAlgorithms> all = SshAlgorithms::withDangerouslyOldOnes;
    boolean isClient = role.isClient();
    return new Negotiation(
            role,
            all.apply(SshAlgorithms.forClient()),
            isClient ? client : server,
            isClient ? server : client)
        .agree();
  }

  private static KexInit init(String kex, KexInit.Direction lane) {
    return init(List.of(kex), List.of("ssh-ed25519"), lane, lane);
  }

  private static KexInit init(
      List<String> kex,
      List<String> hostKeys,
      KexInit.Direction toServer,
      KexInit.Direction toClient) {
    return new KexInit(new byte[16], kex, hostKeys, toServer, toClient, false);
  }

  private static KexInit.Direction lane(String ciphers, String macs) {
    return new KexInit.Direction(
        List.of(ciphers.split(",", -1)), List.of(macs.split(",", -1)), List.of("none"));
  }
}
