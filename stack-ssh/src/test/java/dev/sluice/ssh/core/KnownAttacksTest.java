package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.TimedOut;
import dev.sluice.ssh.algorithm.Compressions;
import dev.sluice.ssh.algorithm.PayloadDeflater;
import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.ChannelRequest;
import dev.sluice.ssh.message.ConnectionMessage;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.message.RequestType;
import dev.sluice.ssh.message.SshMessage;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happened to other implementations, tried on both sides of this one. */
final class KnownAttacksTest {
  private static final int PROTOCOL_ERROR = DisconnectReason.PROTOCOL_ERROR.code();
  private static final ChannelMessage.Open OPEN =
      new ChannelMessage.Open("session", 0, 1 << 20, 32768, new byte[0]);

  private RawPeer peer = RawPeer.client();

  @AfterEach
  void close() {
    peer.close();
  }

  static List<SshMessage> injected() {
    return List.of(
        new TransportMessage.Ignore(new byte[3]),
        new TransportMessage.Debug(false, "x"),
        new TransportMessage.Unimplemented(0),
        new TransportMessage.ExtInfo(List.of()),
        new TransportMessage.Ping(new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("injected")
  @Conforms({"SSH-072", "SSH-077"})
  void terrapinCve202348795NothingMayComeBeforeTheFirstKexInit(SshMessage injected) {
    peer.identify().send(injected);
    if (peer.failure == null) {
      peer.send(peer.kexInit());
    }

    assertRefused();
  }

  @ParameterizedTest
  @MethodSource("injected")
  @Conforms({"SSH-073", "SSH-155"})
  void terrapinCve202348795NothingMayComeBetweenKexInitAndNewKeys(SshMessage injected) {
    peer.identify().send(peer.kexInit()).send(injected);

    assertRefused();
  }

  @ParameterizedTest
  @MethodSource("injected")
  @Conforms("SSH-073")
  void cve202346445AClientTakesNothingInjectedEither(SshMessage injected) {
    replace(RawPeer.server(Cores.clientCore()));

    peer.identify().send(peer.kexInit()).send(injected);

    assertRefused();
  }

  @Test
  @Conforms({"SSH-074", "SSH-077", "SSH-026"})
  void terrapinCve202348795ADroppedPacketIsNoticed() {
    peer.handshake();
    peer.writer.write(new TransportMessage.Ignore(new byte[0]));
    peer.writer.take().release();

    peer.send(new TransportMessage.ServiceRequest("ssh-userauth"));

    assertThat(peer.failure).isNotNull();
    assertThat(peer.disconnectReason()).isEqualTo(DisconnectReason.MAC_ERROR.code());
  }

  @Test
  @Conforms({"SSH-076", "SSH-124"})
  void withoutStrictKeyExchangeOnTheOtherSideIgnoreIsTakenBeforeKexInit() {
    peer.strict = false;
    peer.identify().send(new TransportMessage.Ignore(new byte[0])).exchange();

    assertThat(peer.logIn().isLoggedIn()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {51, 52, 53, 60})
  @Conforms("SSH-152")
  void cve201810933AServersMessagesFromAClientLetNobodyIn(int number) {
    peer.handshake().send(new TransportMessage.ServiceRequest("ssh-userauth"));
    peer.payload((byte) number);

    assertRefused();
  }

  @Test
  @Conforms("SSH-152")
  void cve20187750SuccessBeforeTheServiceRequestLetsNobodyIn() {
    peer.handshake().send(new AuthMessage.Success());

    assertRefused();
  }

  static List<SshMessage> early() {
    return List.of(
        OPEN,
        new ChannelRequest(0, true, new RequestType.Exec("touch /tmp/owned")),
        new ConnectionMessage.GlobalRequest("tcpip-forward", true, new byte[0]),
        new ChannelMessage.WindowAdjust(0, 1),
        new ChannelMessage.Close(0));
  }

  @ParameterizedTest
  @MethodSource("early")
  @Conforms("SSH-153")
  void cve202532433ChannelsBeforeTheLoginEndTheConnectionAndRunNothing(SshMessage message) {
    peer.handshake().send(message);

    assertRefused();
    assertThat(peer.events).noneMatch(event -> event instanceof SshEvent.OnChannel);
  }

  @ParameterizedTest
  @MethodSource("early")
  @Conforms("SSH-153")
  void cve202532433NorDoTheyRunAnythingDuringTheLogin(SshMessage message) {
    peer.handshake().send(new TransportMessage.ServiceRequest("ssh-userauth")).send(message);

    assertRefused();
  }

  @ParameterizedTest
  @MethodSource("early")
  @Conforms("SSH-154")
  void aClientTakesNoChannelMessagesBeforeItsLogin(SshMessage message) {
    replace(RawPeer.server(Cores.clientCore()));

    peer.handshake().send(message);

    assertRefused();
  }

  @Test
  @Conforms({"SSH-050", "SSH-155"})
  void cve202346446ServiceMessagesBeforeNewKeysAreRefused() {
    peer.identify().send(peer.kexInit()).send(new TransportMessage.ServiceRequest("ssh-userauth"));

    assertRefused();
  }

  @Test
  @Conforms("SSH-050")
  void newKeysBeforeThereAreKeysIsRefused() {
    peer.identify().send(peer.kexInit()).send(new TransportMessage.NewKeys());

    assertRefused();
  }

  @Test
  @Conforms("SSH-154")
  void successBeforeARequestIsRefusedByAClient() {
    replace(RawPeer.server(Cores.clientCore(new ClientMethod.WithPassword("x"))));

    peer.handshake().send(new AuthMessage.Success());

    assertRefused();
  }

  @Test
  @Conforms({"SSH-085", "SSH-157"})
  void cve202526466PingsBeforeTheLoginCostNothing() {
    peer.handshake().send(new TransportMessage.Ping(new byte[100]));

    assertRefused();
  }

  @Test
  @Conforms({"SSH-085", "SSH-117"})
  void cve202526466PingsDuringAnUnfinishedExchangeAreBounded() {
    peer.handshake().logIn();
    peer.core.rekey();
    peer.pump();

    for (int i = 0; i < 2000 && peer.failure == null; i++) {
      peer.send(new TransportMessage.Ping(new byte[100]));
    }

    assertThat(peer.failure).hasMessageContaining("1024");
  }

  @Test
  @Conforms("SSH-121")
  void cve20168858KexInitsWithoutEndEndTheConnection() {
    peer.handshake().logIn();
    for (int i = 0; i < 100 && peer.failure == null; i++) {
      peer.send(peer.kexInit());
    }

    assertThat(peer.failure).isNotNull();
  }

  @Test
  @Conforms("SSH-121")
  void exchangesInARowForTheirOwnSakeEndTheConnection() {
    peer.handshake().logIn();

    int exchanges = 0;
    while (peer.failure == null && exchanges < 100) {
      KexInit own = peer.kexInit();
      peer.send(own);
      if (peer.failure == null) {
        peer.exchange(own, peer.awaits(KexInit.NUMBER));
        exchanges++;
      }
    }

    assertThat(exchanges).isBetween(10, 30);
  }

  @Test
  @Conforms("SSH-121")
  void cve202522869AnExchangeThatNeverEndsTimesOut() {
    peer.handshake().logIn().send(peer.kexInit()).waits(Duration.ofSeconds(31));

    assertThat(peer.failure).isInstanceOf(TimedOut.class).hasMessageContaining("key exchange");
  }

  @Test
  @Conforms("SSH-147")
  void cve20246387AClientThatStopsIsThrownOut() {
    peer.handshake()
        .send(new TransportMessage.ServiceRequest("ssh-userauth"))
        .waits(Duration.ofSeconds(121));

    assertThat(peer.failure).isInstanceOf(TimedOut.class).hasMessageContaining("login");
  }

  @Test
  @Conforms("SSH-203")
  void aServerThatDoesNotAnswerALoginIsLeft() {
    replace(RawPeer.server(Cores.clientCore(new ClientMethod.WithPassword("x"))));
    peer.handshake().waits(Duration.ofSeconds(29));
    assertThat(peer.failure).isNull();

    peer.waits(Duration.ofSeconds(2));

    assertThat(peer.failure).isInstanceOf(TimedOut.class).hasMessageContaining("login");
  }

  @Test
  @Conforms("SSH-198")
  void cve202639830AnswersToNothingAreRefused() {
    peer.handshake().logIn().send(new ConnectionMessage.RequestSuccess(new byte[0]));

    assertRefused();
  }

  @Test
  @Conforms("SSH-187")
  void answersOnAChannelThatAskedNothingAreRefused() {
    peer.handshake().logIn().send(OPEN).send(new ChannelMessage.Success(0));

    assertRefused();
  }

  @Test
  @Conforms({"SSH-126", "SSH-127"})
  void aServiceOtherThanTheConnectionIsNeverGranted() {
    peer.handshake().send(new TransportMessage.ServiceRequest("ssh-connection"));

    assertThat(peer.disconnectReason()).isEqualTo(DisconnectReason.SERVICE_NOT_AVAILABLE.code());
  }

  private void replace(RawPeer other) {
    peer.close();
    peer = other;
  }

  @Test
  @Conforms({"SSH-111", "SSH-113", "SSH-157"})
  void cve202623943APacketThatInflatesBeyondThePacketLimitEndsTheConnectionUnread() {
    peer.compression = Compressions.ZLIB_DELAYED;
    peer.handshake().logIn();
    byte[] bomb = deflated(64 << 20);
    assertThat(bomb).hasSizeLessThan(256 * 1024);

    peer.payload(bomb);

    assertThat(peer.failure).hasMessageContaining("inflates beyond");
    assertThat(peer.disconnectReason()).isEqualTo(DisconnectReason.COMPRESSION_ERROR.code());
  }

  @Test
  @Conforms({"SSH-110", "SSH-157"})
  void cve202623943NothingIsInflatedBeforeTheLogin() {
    peer.compression = Compressions.ZLIB_DELAYED;
    peer.handshake();

    peer.payload(deflated(1000));

    assertThat(peer.failure).isNotNull();
    assertThat(peer.isLoggedIn()).isFalse();
  }

  /** IGNORE with so many octets of nothing. */
  private static byte[] deflated(int octets) {
    ByteBuf payload = Unpooled.buffer(octets + 5);
    payload.writeByte(TransportMessage.Ignore.NUMBER).writeInt(octets).writeZero(octets);
    ByteBuf out = Unpooled.buffer();
    try (PayloadDeflater deflater = Compressions.ZLIB_DELAYED.deflater()) {
      deflater.deflate(payload, out);
    }
    return ByteBufUtil.getBytes(out);
  }

  private void assertRefused() {
    assertThat(peer.failure).isNotNull();
    assertThat(peer.disconnectReason()).isEqualTo(PROTOCOL_ERROR);
  }
}
