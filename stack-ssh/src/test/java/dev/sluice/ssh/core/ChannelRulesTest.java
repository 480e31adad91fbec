package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.TimedOut;
import dev.sluice.ssh.Keepalive;
import dev.sluice.ssh.channel.Channel;
import dev.sluice.ssh.channel.ChannelEvent;
import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.ChannelRequest;
import dev.sluice.ssh.message.ConnectionMessage;
import dev.sluice.ssh.message.OpenFailureReason;
import dev.sluice.ssh.message.RequestType;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels and requests on a server, by a client that has logged in and does what it likes. */
final class ChannelRulesTest {
  private static final int WINDOW = 100_000;

  private RawPeer peer = RawPeer.client().handshake().logIn();

  @AfterEach
  void close() {
    channels().forEach(Channel::close);
    peer.close();
  }

  @Test
  @Conforms("SSH-177")
  void aSessionIsConfirmedWithOurWindow() {
    ChannelMessage.OpenConfirmation confirmation = open(7);

    assertThat(confirmation.channel()).isEqualTo(7);
    assertThat(confirmation.window()).isEqualTo(2 << 20);
    assertThat(confirmation.maxPacket()).isEqualTo(32 * 1024);
  }

  @ParameterizedTest
  @CsvSource({
    "direct-tcpip, ADMINISTRATIVELY_PROHIBITED",
    "forwarded-tcpip, ADMINISTRATIVELY_PROHIBITED",
    "x11, ADMINISTRATIVELY_PROHIBITED",
    "something, UNKNOWN_CHANNEL_TYPE"
  })
  @Conforms({"SSH-178", "SSH-201"})
  void otherChannelsAreRefusedWithTheirReason(String type, OpenFailureReason reason) {
    peer.send(new ChannelMessage.Open(type, 3, WINDOW, WINDOW, new byte[0]));

    ByteBuf in = Unpooled.wrappedBuffer(peer.awaits(ChannelMessage.OpenFailure.NUMBER));
    in.readByte();
    assertThat(ChannelMessage.OpenFailure.decode(in).reason()).isEqualTo(reason.code());
  }

  @Test
  @Conforms("SSH-188")
  void moreSessionsThanAllowedAreRefusedAndTheOthersLive() {
    for (int i = 0; i < 10; i++) {
      open(i);
    }
    peer.send(new ChannelMessage.Open("session", 10, WINDOW, WINDOW, new byte[0]));

    peer.awaits(ChannelMessage.OpenFailure.NUMBER);
    assertThat(peer.failure).isNull();
  }

  @Test
  @Conforms("SSH-182")
  void dataBeyondTheWindowEndsTheConnection() {
    open(0);
    for (int i = 0; i < 64; i++) {
      peer.send(data(0, 32 * 1024));
    }
    assertThat(peer.failure).isNull();

    peer.send(data(0, 1));

    assertThat(peer.failure).hasMessageContaining("window");
  }

  @Test
  @Conforms("SSH-182")
  void dataBeyondTheLargestPacketEndsTheConnection() {
    open(0);

    peer.send(data(0, 32 * 1024 + 1));

    assertThat(peer.failure).isNotNull();
  }

  @Test
  @Conforms("SSH-181")
  void aWindowBeyond32BitsEndsTheConnection() {
    open(0);

    peer.send(new ChannelMessage.WindowAdjust(0, 0)); // harmless
    assertThat(peer.failure).isNull();
    peer.send(new ChannelMessage.WindowAdjust(0, ChannelMessage.MAX_WINDOW));

    assertThat(peer.failure).hasMessageContaining("2^32-1");
  }

  @Test
  @Conforms({"SSH-180", "SSH-179"})
  void nothingIsSentWithoutAWindowAndNoMoreThanItAllows() {
    peer.send(new ChannelMessage.Open("session", 0, 0, WINDOW, new byte[0]));
    Channel channel = channels().findFirst().orElseThrow();
    peer.heard();
    channel.write(ByteBufAllocator.DEFAULT.buffer(100).writeZero(100));
    peer.pump();
    assertThat(peer.heard()).isEmpty();

    peer.send(new ChannelMessage.WindowAdjust(0, 60));

    ByteBuf in = Unpooled.wrappedBuffer(peer.awaits(ChannelMessage.Data.NUMBER));
    in.readByte();
    assertThat(ChannelMessage.Data.decode(in).data().readableBytes()).isEqualTo(60);
    assertThat(peer.heard()).isEmpty();
  }

  @Test
  @Conforms("SSH-185")
  void dataBehindEofEndsTheConnection() {
    open(0);

    peer.send(new ChannelMessage.Eof(0)).send(data(0, 1));

    assertThat(peer.failure).hasMessageContaining("EOF");
  }

  @Test
  @Conforms("SSH-186")
  void closeIsAnsweredOnceAndWhatCameBeforeCanBeRead() {
    open(0);
    Channel channel = channels().findFirst().orElseThrow();
    peer.send(data(0, 5)).send(new ChannelMessage.Close(0));

    assertThat(peer.heard()).containsOnlyOnce(ChannelMessage.Close.NUMBER);
    ByteBuf read = channel.read();
    assertThat(read.readableBytes()).isEqualTo(5);
    read.release();
    assertThat(open(1).sender()).isZero(); // the number is free again
  }

  @Test
  @Conforms("SSH-187")
  void dataForAChannelThatIsNotThereEndsTheConnection() {
    peer.send(data(0, 1));

    assertThat(peer.failure).hasMessageContaining("no channel");
  }

  @Test
  @Conforms("SSH-189")
  void extendedDataThatNobodyReadsIsDroppedAndCredited() {
    open(0);
    for (int i = 0; i < 200; i++) { // three windows
      ByteBuf data = Unpooled.buffer(32 * 1024).writeZero(32 * 1024);
      peer.send(new ChannelMessage.ExtendedData(0, 1, data));
    }

    assertThat(peer.failure).isNull();
    assertThat(peer.heard()).contains(ChannelMessage.WindowAdjust.NUMBER);
  }

  @Test
  @Conforms("SSH-193")
  void onlyOneThingIsStartedOnAChannel() {
    open(0);
    peer.send(new ChannelRequest(0, true, new RequestType.Exec("one")));
    peer.awaits(ChannelMessage.Success.NUMBER);

    peer.send(new ChannelRequest(0, true, new RequestType.Subsystem("sftp")));

    assertThat(peer.heard()).containsExactly(ChannelMessage.Failure.NUMBER);
  }

  @Test
  @Conforms({"SSH-195", "SSH-196"})
  void howACommandEndedIsToldBehindItsLastWordAndThenTheChannelCloses() {
    open(0);
    peer.send(new ChannelRequest(0, true, new RequestType.Subsystem("sftp")));
    peer.heard();
    Channel channel = channels().findFirst().orElseThrow();
    channel.write(ByteBufAllocator.DEFAULT.buffer(10).writeZero(10));
    channel.finish(new RequestType.ExitStatus(0));
    peer.pump();

    assertThat(peer.heard())
        .containsExactly(
            ChannelMessage.Data.NUMBER,
            ChannelRequest.NUMBER,
            ChannelMessage.Eof.NUMBER,
            ChannelMessage.Close.NUMBER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pty-req", "x11-req", "auth-agent-req@openssh.com", "keepalive@openssh.com"})
  @Conforms({"SSH-191", "SSH-194", "SSH-197", "SSH-199"})
  void aRequestOfAnotherKindFailsAndTheChannelLives(String type) {
    open(0);

    peer.send(new ChannelRequest(0, true, new RequestType.Other(type, new byte[4])));

    assertThat(peer.heard()).containsExactly(ChannelMessage.Failure.NUMBER);
    peer.send(new ChannelRequest(0, false, new RequestType.Signal("TERM")));
    assertThat(peer.heard()).isEmpty();
    assertThat(peer.failure).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcpip-forward", "keepalive@openssh.com", "anything"})
  @Conforms({"SSH-198", "SSH-199", "SSH-201"})
  void aGlobalRequestFailsAndTheConnectionLives(String name) {
    peer.send(new ConnectionMessage.GlobalRequest(name, true, new byte[0]));
    peer.awaits(ConnectionMessage.RequestFailure.NUMBER);

    peer.send(new ConnectionMessage.GlobalRequest(name, false, new byte[0]));

    assertThat(peer.heard()).isEmpty();
    assertThat(peer.failure).isNull();
  }

  @Test
  @Conforms("SSH-085")
  void aPingIsAnsweredWithItsData() {
    peer.send(new TransportMessage.Ping(new byte[] {1, 2, 3}));

    assertThat(peer.awaits(TransportMessage.Pong.NUMBER)).endsWith(1, 2, 3);
  }

  @Test
  @Conforms("SSH-200")
  void afterNoMoreSessionsThereAreNoMore() {
    peer.send(
        new ConnectionMessage.GlobalRequest("no-more-sessions@openssh.com", false, new byte[0]));
    peer.send(new ChannelMessage.Open("session", 0, WINDOW, WINDOW, new byte[0]));

    peer.awaits(ChannelMessage.OpenFailure.NUMBER);
  }

  @Test
  @Conforms("SSH-175")
  void theServerTellsItsHostKeysOnceAfterTheLogin() {
    peer.close();
    peer = RawPeer.client().handshake().logIn();

    assertThat(peer.heard()).containsExactly(ConnectionMessage.GlobalRequest.NUMBER);
  }

  @Test
  @Conforms("SSH-204")
  void aSilentPeerIsAskedAndGivenUp() {
    Services.Server lively =
        new Services.Server(
            Cores.policy(),
            Cores.server().channels(),
            Cores.server().windows(),
            new Keepalive(Duration.ofSeconds(10), 3));
    peer.close();
    peer =
        new RawPeer(
            Role.CLIENT,
            new SshCore(Cores.settings(Role.SERVER), lively, ByteBufAllocator.DEFAULT));
    peer.handshake().logIn();
    peer.heard();

    peer.waits(Duration.ofSeconds(10));
    assertThat(peer.heard()).containsExactly(ConnectionMessage.GlobalRequest.NUMBER);
    peer.send(new ConnectionMessage.RequestFailure()); // it lives
    peer.waits(Duration.ofSeconds(9));
    assertThat(peer.heard()).isEmpty();
    for (int i = 0; i < 4 && peer.failure == null; i++) {
      peer.waits(Duration.ofSeconds(10));
    }

    assertThat(peer.failure).isInstanceOf(TimedOut.class).hasMessageContaining("keepalive");
  }

  @Test
  @Conforms("SSH-183")
  void aWindowOfSingleOctetsCostsNoMoreThanAWindow() {
    open(0);
    for (int i = 0; i < 5_000; i++) {
      peer.writer.write(data(0, 1));
    }
    peer.flush();

    Channel channel = channels().findFirst().orElseThrow();
    int buffers = 0;
    for (ByteBuf data = channel.read(); data != null; data = channel.read()) {
      buffers++;
      data.release();
    }
    assertThat(buffers).isLessThan(5);
  }

  private ChannelMessage.OpenConfirmation open(int sender) {
    peer.send(new ChannelMessage.Open("session", sender, WINDOW, WINDOW, new byte[0]));
    ByteBuf in = Unpooled.wrappedBuffer(peer.awaits(ChannelMessage.OpenConfirmation.NUMBER));
    in.readByte();
    return ChannelMessage.OpenConfirmation.decode(in);
  }

  private static ChannelMessage.Data data(int channel, int length) {
    return new ChannelMessage.Data(channel, Unpooled.buffer(length + 1).writeZero(length));
  }

  private Stream<Channel> channels() {
    return peer.events.stream()
        .filter(SshEvent.OnChannel.class::isInstance)
        .map(event -> ((SshEvent.OnChannel) event).what())
        .filter(ChannelEvent.Accepted.class::isInstance)
        .map(ChannelEvent::channel);
  }
}
