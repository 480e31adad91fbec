package dev.sluice.sftp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerLimits;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.DraftExtension.VersionSelect;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.Init;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.PathRequest.Realpath;
import dev.sluice.sftp.message.PathRequest.Stat;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.message.Version;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestLoopTest {
  private static final SftpServerSettings DEFAULT = SftpServerSettings.DEFAULT;

  private static ServedClient unstarted() {
    return ServedClient.unstarted(MemoryStorage.create(), DEFAULT);
  }

  @Test
  void muchIsExpectedBehindAFileThatIsOpenedForWriting() {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.open("/file", OpenHow.writing(Disposition.CREATE_TRUNCATE));
      assertThat(client.bulkExpected()).isEqualTo(1);

      client.open("/file", OpenHow.reading());
      assertThat(client.bulkExpected()).isEqualTo(1);
    }
  }

  @Test
  @Conforms("SFTP-002")
  void packetsAreFoundHoweverTheyAreCut() {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      ByteBuf two = Unpooled.buffer();
      for (int id = 1; id <= 2; id++) {
        Realpath request = new Realpath(id, ".", Realpath.NO_CHECK, List.of());
        ByteBuf packet = request.header(ByteBufAllocator.DEFAULT, client.dialect());
        two.writeBytes(packet);
        packet.release();
      }
      while (two.isReadable()) {
        client.sendRaw(two.readRetainedSlice(1));
      }
      two.release();

      assertThat(client.next().id()).isEqualTo(1);
      assertThat(client.next().id()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "00040001", "ffffffff", "80000000"})
  @Conforms("SFTP-003")
  void aLengthOfZeroOrAboveTheLimitEndsTheSession(String length) {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.sendHex(length + "1000000001");

      assertThat(client.awaitEnd()).isEqualTo(1);
    }
  }

  @Test
  @Conforms("SFTP-007")
  void theLowerOfBothVersionsIsSpoken() {
    for (int offered : new int[] {3, 4, 5, 6, 7, 100}) {
      try (ServedClient client = unstarted()) {
        assertThat(client.init(offered).version()).isEqualTo(Math.min(offered, 6));
      }
    }
  }

  @Test
  @Conforms("SFTP-007")
  void extensionsInAnInitAreIgnored() {
    try (ServedClient client = unstarted()) {
      client.sendHex("0000000d" + "01" + "00000003" + "00000000" + "00000000");

      ByteBuf answer = client.packet();
      assertThat(answer.readByte()).isEqualTo((byte) Version.TYPE);
      answer.release();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000000050100000002", // a version before 3
        "0000000a1000000001000000012e", // a request
        "00000001ff"
      })
  @Conforms("SFTP-010")
  void whatIsNoInitOfAKnownVersionEndsTheSession(String packet) {
    try (ServedClient client = unstarted()) {
      client.sendHex(packet);

      assertThat(client.awaitEnd()).isEqualTo(1);
    }
  }

  @Test
  @Conforms("SFTP-010")
  void aSecondInitEndsTheSession() {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.send(new Init(3));

      assertThat(client.awaitEnd()).isEqualTo(1);
    }
  }

  @Test
  @Conforms("SFTP-011")
  void anUnknownTypeIsUnsupported() {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.sendHex("00000005" + "63" + "00000007");

      SftpResponse answer = client.next();
      assertThat(answer.id()).isEqualTo(7);
      assertThat(ServedClient.code(answer)).isEqualTo(StatusCode.OP_UNSUPPORTED);
    }
  }

  @Test
  @Conforms({"SFTP-012", "SFTP-015"})
  void aBrokenLayoutIsABadMessageAndTheNextPacketIsRead() {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.sendHex("00000009" + "11" + "00000008" + "000000ff"); // a path past the end
      client.sendHex("0000000e" + "09" + "00000009" + "0000000161" + "00000010"); // a flag
      client.send(new Stat(10, "/", 0));

      assertThat(ServedClient.code(client.next())).isEqualTo(StatusCode.BAD_MESSAGE);
      assertThat(ServedClient.code(client.next())).isEqualTo(StatusCode.BAD_MESSAGE);
      assertThat(client.next().id()).isEqualTo(10);
    }
  }

  @Test
  @Conforms("SFTP-046")
  void anIdUsedTwiceIsAnsweredTwice() {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.send(new Stat(-1, "/", 0));
      client.send(new Stat(-1, "/none", 0));

      assertThat(client.next().id()).isEqualTo(-1);
      assertThat(client.next().id()).isEqualTo(-1);
    }
  }

  @Test
  @Conforms("SFTP-052")
  void whatIsSentWithoutWaitingActsInItsOrder() {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      SftpHandle file = client.open("f", OpenHow.readWriting(Disposition.CREATE_TRUNCATE));
      client.send(new Write(1, file, 0, text("hello ")));
      client.send(new Write(2, file, 6, text("world")));
      client.send(new Read(3, file, 0, 100));
      client.send(new Write(4, file, 0, text("J")));
      client.send(new Read(5, file, 0, 5));
      client.send(new Close(6, file));
      client.send(new Read(7, file, 0, 5));

      assertThat(client.awaitAll(7))
          .containsExactlyInAnyOrder(
              "1 OK", "2 OK", "3 hello world", "4 OK", "5 Jello", "6 OK", "7 FAILURE");
    }
  }

  @Test
  @Conforms("SFTP-072")
  void atTheBoundOfRequestsNoMoreAreRead() {
    SftpServerSettings options =
        DEFAULT.withLimits(SftpServerLimits.DEFAULT.withRequests(4).withWaiting(64 * 1024));
    MemoryStorage storage = MemoryStorage.create();
    try (ServedClient client = ServedClient.of(storage, options, SftpVersion.V3)) {
      SftpHandle file = client.open("f", OpenHow.readWriting(Disposition.CREATE_TRUNCATE));
      client.send(new Write(1, file, 0, Unpooled.wrappedBuffer(new byte[200_000])));
      assertThat(ServedClient.code(client.next())).isEqualTo(StatusCode.OK);
      client.stall(true);
      for (int id = 0; id < 500; id++) {
        client.send(new Read(id, file, 0, 100_000));
      }
      assertThat(client.demand()).isZero();

      client.stall(false);
      for (int i = 0; i < 500; i++) {
        client.next().payload().release();
      }
      assertThat(client.demand()).isPositive();
    }
  }

  @Test
  void theEndOfTheInputEndsTheSessionBehindTheLastAnswer() {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.send(new Stat(1, "/", 0));
      client.endInput();

      assertThat(client.next().id()).isEqualTo(1);
      assertThat(client.awaitEnd()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(SftpVersion.class)
  @Conforms({"SFTP-099", "SFTP-101"})
  void aListedVersionIsSelectedByTheFirstRequest(SftpVersion version) {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.send(new Extended(1, new VersionSelect(Integer.toString(version.number()))));
      assertThat(ServedClient.code(client.next())).isEqualTo(StatusCode.OK);

      client.speak(version);
      assertThat(client.ask(new Stat(2, "/", 0))).isInstanceOf(SftpResponse.Attrs.class);
    }
  }

  @Test
  @Conforms("SFTP-101")
  void anotherVersionOrALateSelectionEndsTheSession() {
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.send(new Extended(1, new VersionSelect("2")));
      assertThat(ServedClient.code(client.next())).isNotEqualTo(StatusCode.OK);
      assertThat(client.awaitEnd()).isEqualTo(1);
    }
    try (ServedClient client = ServedClient.of(MemoryStorage.create())) {
      client.ask(new Stat(1, "/", 0));
      client.send(new Extended(2, new VersionSelect("6")));
      assertThat(ServedClient.code(client.next())).isNotEqualTo(StatusCode.OK);
      assertThat(client.awaitEnd()).isEqualTo(1);
    }
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }
}
