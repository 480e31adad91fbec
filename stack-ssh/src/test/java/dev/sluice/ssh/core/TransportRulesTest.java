package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.SessionClosed;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.ssh.channel.Channel;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.ChannelRequest;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.message.OpenFailureReason;
import dev.sluice.ssh.message.RequestType;
import dev.sluice.ssh.message.SshMessage;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.message.TransportMessage.ExtInfo;
import dev.sluice.ssh.message.UserAuthRequest;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of the transport, extensions, and the end of a connection, on either side. */
final class TransportRulesTest {
  private static final ExtInfo.Extension UNKNOWN =
      new ExtInfo.Extension("who@knows", new byte[] {0, -1});

  private RawPeer peer = RawPeer.client();

  @AfterEach
  void close() {
    peer.close();
  }

  @Test
  @Conforms({"SSH-023", "SSH-157"})
  void packetsMayBeLargeBehindTheLoginOnly() {
    peer.handshake().logIn().send(new TransportMessage.Ignore(new byte[262_100]));
    assertThat(peer.failure).isNull();
    peer.send(new TransportMessage.Ignore(new byte[262_144]));
    assertThat(peer.failure).hasMessageContaining("packet_length");

    replace(RawPeer.client());
    peer.handshake().send(new TransportMessage.Ignore(new byte[35_000]));
    assertThat(peer.failure).hasMessageContaining("packet_length");
  }

  @Test
  @Conforms({"SSH-079", "SSH-082"})
  void theServersFirstMessageBehindItsKeysTellsItsSignatureAlgorithms() {
    peer.handshake();

    ExtInfo extensions = ExtInfo.decode(Unpooled.wrappedBuffer(tail(peer.awaits(ExtInfo.NUMBER))));
    assertThat(extensions.extensions())
        .anySatisfy(
            extension -> {
              assertThat(extension.name()).isEqualTo("server-sig-algs");
              assertThat(new String(extension.value(), StandardCharsets.US_ASCII).split(","))
                  .containsExactly(
                      SshAlgorithms.forServer().publicKeys().stream()
                          .map(SignatureAlgorithm::name)
                          .toArray(String[]::new));
            });
  }

  /** A client of ours says nothing of its extensions, and so offers no other flow control. */
  @Test
  @Conforms({"SSH-083", "SSH-084"})
  void windowsStayInForceAndExtensionsDoNotChangeAmidALogin() {
    peer.handshake();
    ExtInfo extensions = ExtInfo.decode(Unpooled.wrappedBuffer(tail(peer.awaits(ExtInfo.NUMBER))));
    assertThat(extensions.extensions())
        .extracting(ExtInfo.Extension::name)
        .doesNotContain("no-flow-control", "ext-info-in-auth@openssh.com");

    replace(RawPeer.server(Cores.clientCore()));
    peer.handshake();
    assertThat(peer.heard()).doesNotContain(ExtInfo.NUMBER);
  }

  @Test
  @Conforms("SSH-079")
  void whoDoesNotAskForExtensionsIsToldNone() {
    peer.extensions = false;
    peer.handshake();

    assertThat(peer.heard()).doesNotContain(ExtInfo.NUMBER);
  }

  @Test
  @Conforms({"SSH-080", "SSH-081"})
  void aClientTakesTwoSetsOfExtensionsWithWhateverNames() {
    replace(RawPeer.server(Cores.clientCore()));
    peer.handshake().send(new ExtInfo(List.of(UNKNOWN))).send(new ExtInfo(List.of(UNKNOWN)));
    assertThat(peer.failure).isNull();

    peer.send(new ExtInfo(List.of(UNKNOWN)));

    assertThat(peer.failure).isInstanceOf(SshViolation.class).hasMessageContaining("EXT_INFO");
  }

  @Test
  @Conforms("SSH-081")
  void aServerTakesOne() {
    peer.handshake().send(new ExtInfo(List.of(UNKNOWN))).send(new ExtInfo(List.of()));

    assertThat(peer.failure).isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SSH-080")
  void moreThan1024ExtensionsAreRefused() {
    peer.handshake().send(new ExtInfo(Collections.nCopies(1025, UNKNOWN)));

    assertThat(peer.failure).isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SSH-120")
  void aHostsKeyIsShownOnceThoughItProvesItselfInEveryExchange() {
    replace(RawPeer.server(Cores.clientCore(new ClientMethod.WithPassword("x"))));
    peer.handshake();
    KexInit own = peer.kexInit();
    peer.send(own);
    peer.exchange(own, peer.awaits(KexInit.NUMBER));

    assertThat(peer.events.stream().filter(SshEvent.KeysExchanged.class::isInstance)).hasSize(2);
    assertThat(peer.events.stream().filter(SshEvent.HostKeyShown.class::isInstance)).hasSize(1);
  }

  @Test
  void whatAServerStillSendsOnItsChannelsAmidItsExchangeIsTaken() {
    Channel channel = serverWithAChannel();
    KexInit own = peer.kexInit();
    peer.send(own);
    byte[] theirs = peer.awaits(KexInit.NUMBER);

    peer.send(new ChannelMessage.Data(0, Unpooled.wrappedBuffer(new byte[1000])));
    peer.exchange(own, theirs);

    assertThat(peer.failure).isNull();
    assertThat(peer.events.stream().filter(SshEvent.KeysExchanged.class::isInstance)).hasSize(2);
    ByteBuf data = channel.read();
    assertThat(data).isNotNull();
    assertThat(data.readableBytes()).isEqualTo(1000);
    data.release();
  }

  @Test
  void whatAServerSendsOnItsChannelsAmidOneExchangeIsTakenUpTo64MiB() {
    serverWithAChannel();
    byte[] big = new byte[200_000];
    SshMessage late = new ChannelRequest(0, false, new RequestType.Other("unknown", big));
    for (int exchange = 0; exchange < 2; exchange++) {
      KexInit own = peer.kexInit();
      peer.send(own);
      byte[] theirs = peer.awaits(KexInit.NUMBER);
      for (int sent = 0; sent < 63 << 20; sent += big.length) {
        peer.send(late);
      }
      peer.exchange(own, theirs);
      assertThat(peer.failure).isNull();
    }
    peer.send(peer.kexInit());
    for (int sent = 0; sent < 64 << 20; sent += big.length) {
      assertThat(peer.failure).isNull();
      peer.send(late);
    }
    assertThat(peer.failure)
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining(ExchangeGate.MOST_LATE_OCTETS + " octets of channels before NEWKEYS");
  }

  @ParameterizedTest
  @CsvSource({"11, bye", "2, you are wrong", "99, a reason of our own"})
  @Conforms({"SSH-122", "SSH-123"})
  void aPeersFarewellIsToldAndNotAnswered(int reason, String text) {
    peer.handshake().logIn();
    peer.heard();

    peer.send(new TransportMessage.Disconnect(reason, text));

    assertThat(peer.failure).isInstanceOf(SessionClosed.class).hasMessageContaining(text);
    assertThat(peer.heard()).isEmpty();
    peer.core.disconnect(DisconnectReason.BY_APPLICATION, "too late");
    peer.pump();
    assertThat(peer.heard()).isEmpty();
  }

  @Test
  @Conforms({"SSH-122", "SSH-123", "SSH-206"})
  void behindOurFarewellNothingIsSentOrRead() {
    peer.handshake().logIn();
    peer.heard();
    peer.core.disconnect(DisconnectReason.BY_APPLICATION, "done");
    peer.core.tick(peer.clock.getAsLong());
    peer.pump();
    assertThat(peer.disconnectReason()).isEqualTo(11);
    assertThat(peer.core.wantsClose()).isTrue();
    peer.heard();

    peer.send(new TransportMessage.Ping(new byte[1]));

    assertThat(peer.heard()).isEmpty();
    assertThat(peer.failure).isNull();
  }

  @Test
  @Conforms("SSH-126")
  void aServiceThatWasNotAskedForIsNotAccepted() {
    replace(RawPeer.server(Cores.clientCore()));

    peer.handshake().send(new TransportMessage.ServiceAccept("ssh-connection"));

    assertThat(peer.failure).isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms({"SSH-134", "SSH-017"})
  void bannersAreShownSafelyAndNotForEver() {
    replace(RawPeer.server(Cores.clientCore(new ClientMethod.WithPassword("x"))));
    peer.handshake().send(new TransportMessage.ServiceAccept("ssh-userauth"));
    peer.send(new AuthMessage.Banner("hello\u001b[2J"));
    assertThat(peer.events)
        .anySatisfy(
            event -> {
              assertThat(event).isInstanceOf(SshEvent.Login.class);
              assertThat(((SshEvent.Login) event).what())
                  .isInstanceOf(LoginEvent.BannerShown.class)
                  .asString()
                  .contains("hello")
                  .doesNotContain("\u001b");
            });

    for (int i = 0; i < 64; i++) {
      peer.send(new AuthMessage.Banner("again"));
    }

    assertThat(peer.failure).hasMessageContaining("banners");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"session", "x11", "forwarded-tcpip", "auth-agent@openssh.com", "direct-tcpip"})
  @Conforms("SSH-190")
  void aClientLetsTheServerOpenNothing(String type) {
    replace(RawPeer.server(Cores.clientCore()));
    peer.handshake().send(new TransportMessage.ServiceAccept("ssh-userauth"));
    peer.awaits(UserAuthRequest.NUMBER);
    peer.send(new AuthMessage.Success());

    peer.send(new ChannelMessage.Open(type, 0, 1000, 1000, new byte[0]));

    assertThat(
            ChannelMessage.OpenFailure.decode(
                    Unpooled.wrappedBuffer(tail(peer.awaits(ChannelMessage.OpenFailure.NUMBER))))
                .reason())
        .isEqualTo(OpenFailureReason.ADMINISTRATIVELY_PROHIBITED.code());
    assertThat(peer.failure).isNull();
  }

  /** A channel of a client of ours at a server that has let it in. */
  private Channel serverWithAChannel() {
    replace(RawPeer.server(Cores.clientCore(new ClientMethod.WithPassword("x"))));
    peer.handshake().send(new TransportMessage.ServiceAccept("ssh-userauth"));
    peer.awaits(UserAuthRequest.NUMBER);
    peer.send(new AuthMessage.Success());
    Channel channel = peer.core.channels().open("session", new byte[0]);
    peer.pump();
    peer.awaits(ChannelMessage.Open.NUMBER);
    peer.send(new ChannelMessage.OpenConfirmation(0, 7, 1 << 20, 32 * 1024));
    return channel;
  }

  private void replace(RawPeer another) {
    peer.close();
    peer = another;
  }

  private static byte[] tail(byte[] payload) {
    return java.util.Arrays.copyOfRange(payload, 1, payload.length);
  }
}
