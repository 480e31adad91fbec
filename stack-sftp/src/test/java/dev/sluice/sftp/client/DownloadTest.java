package dev.sluice.sftp.client;

import static dev.sluice.sftp.client.ScriptedServer.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.ReadOptions;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.sftp.SftpFlow;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.message.FileType;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Downloads from servers that answer in every way that they may, and in some that they may not. */
final class DownloadTest {
  private static final RemotePath FILE = RemotePath.of("/file");

  @Test
  @Conforms("SFTP-055")
  void answersMayComeInAnyOrder() {
    byte[] content = octets(700_000);
    OneFile file = new OneFile(content);
    List<SftpRequest> held = new ArrayList<>();
    ScriptedServer server =
        new ScriptedServer(
            (request, far) -> {
              if (!(request instanceof HandleRequest.Read)) {
                file.on(request, far);
                return;
              }
              held.add(request);
              if (held.size() == 23) { // 22 chunks of 32 KiB, and one behind the end
                Collections.shuffle(held, new Random(7));
                held.forEach(read -> file.on(read, far));
              }
            });

    assertThat(read(server.session(), ByteRange.all())).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 32_767, 4096})
  @Conforms("SFTP-059")
  void aShortAnswerIsNotTheEnd(int most) {
    byte[] content = octets(300_001);
    OneFile file = new OneFile(content).shortened(length -> Math.min(length, most));

    assertThat(read(new ScriptedServer(file).session(), ByteRange.all())).isEqualTo(content);
  }

  @Test
  @Conforms("SFTP-059")
  void answersOfAnyLengthMakeTheFile() {
    byte[] content = octets(300_001);
    Random random = new Random(3);
    OneFile file = new OneFile(content).shortened(length -> 1 + random.nextInt(length));

    assertThat(read(new ScriptedServer(file).session(), ByteRange.all())).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 32_768, 99_999, 100_001, 5_000_000})
  @Conforms("SFTP-060")
  void aSizeThatIsWrongChangesNothing(long told) {
    byte[] content = octets(100_000);

    assertThat(read(new ScriptedServer(new OneFile(content, told)).session(), ByteRange.all()))
        .isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 13})
  @Conforms("SFTP-002")
  void packetsMayBeCutAnywhere(int piece) {
    byte[] content = octets(3000);
    ScriptedServer server = new ScriptedServer(new OneFile(content)).inPiecesOf(piece);

    assertThat(read(server.session(), ByteRange.all())).isEqualTo(content);
  }

  @Test
  void aSmallFileTakesTwoRoundTrips() {
    ScriptedServer server = new ScriptedServer(new OneFile(octets(4096)));

    read(server.session(), ByteRange.all());

    assertThat(server.bulkExpected()).isEqualTo(1);

    assertThat(server.seen().stream().map(r -> r.getClass().getSimpleName()))
        .startsWith("Stat", "Open", "Read", "Read");
    assertThat(server.count(HandleRequest.Read.class)).isEqualTo(2);
  }

  @Test
  void aRangeAsksForNoMoreThanItself() {
    byte[] content = octets(200_000);
    ScriptedServer server = new ScriptedServer(new OneFile(content));

    assertThat(read(server.session(), ByteRange.of(70_000, 60_000)))
        .isEqualTo(Arrays.copyOfRange(content, 70_000, 130_000));
    assertThat(server.count(HandleRequest.Read.class)).isEqualTo(2);
  }

  @Test
  @Conforms("SFTP-061")
  void moreThanWasAskedForEndsTheSession() {
    ScriptedServer server =
        new ScriptedServer(
            answering(
                new OneFile(octets(10)),
                read ->
                    new SftpResponse.Data(read.id(), Unpooled.buffer().writeZero(40_000), false)));

    assertThatThrownBy(() -> read(server.session(), ByteRange.all()))
        .hasMessageContaining("40000 octets");
    server.onClosed().block(WAIT);
  }

  @Test
  @Conforms("SFTP-061")
  void answersWithoutDataDoNotGoOnForEver() {
    ScriptedServer server =
        new ScriptedServer(
            answering(
                new OneFile(octets(10)),
                read -> new SftpResponse.Data(read.id(), Unpooled.EMPTY_BUFFER, false)));

    assertThatThrownBy(() -> read(server.session(), ByteRange.all()))
        .isInstanceOf(FileFailure.class)
        .hasMessageContaining("sends nothing");
    assertThat(server.count(HandleRequest.Read.class)).isLessThanOrEqualTo(4);
  }

  @Test
  void whatLiesBeforeAFailureIsDelivered() {
    byte[] content = octets(100_000);
    OneFile file = new OneFile(content);
    ScriptedServer server =
        new ScriptedServer(
            (request, far) -> {
              if (request instanceof HandleRequest.Read read && read.offset() >= 65_536) {
                far.status(read.id(), StatusCode.FAILURE);
              } else {
                file.on(request, far);
              }
            });
    ByteArrayOutputStream got = new ByteArrayOutputStream();

    assertThatThrownBy(() -> collect(server.session().read(FILE, ByteRange.all()), got))
        .isInstanceOf(FileFailure.class)
        .hasMessageContaining("65536");
    assertThat(got.toByteArray()).isEqualTo(Arrays.copyOf(content, 65_536));
    assertThat(file.openHandles()).isZero();
  }

  @Test
  @Conforms("SFTP-064")
  void aSlowReaderHoldsNoMoreThanTheWindow() {
    OneFile file = new OneFile(octets(4_000_000));
    ScriptedServer server = new ScriptedServer(file);
    SftpSession session =
        server.session(
            ScriptedServer.SETTINGS.withFlow(
                SftpFlow.DEFAULT.withWindow(256 * 1024).withMostWindow(256 * 1024)));

    StepVerifier.create(session.read(FILE, ByteRange.all()), 1)
        .assertNext(ByteBuf::release)
        .thenCancel()
        .verify(WAIT);
    session.stat(FILE).block(WAIT);

    assertThat(server.count(HandleRequest.Read.class)).isLessThanOrEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 20})
  @Conforms("SFTP-063")
  void cancellingGivesTheHandleBackAndLeavesTheSession(int buffers) {
    byte[] content = octets(1_000_000);
    OneFile file = new OneFile(content);
    SftpSession session = new ScriptedServer(file).session();

    StepVerifier.create(session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release), buffers)
        .expectNextCount(buffers)
        .thenCancel()
        .verify(WAIT);

    assertThat(read(session, ByteRange.all())).isEqualTo(content);
    session.stat(FILE).block(WAIT); // the CLOSE has been answered by now
    assertThat(file.openHandles()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  @Conforms("SFTP-065")
  void whoAsksForNothingHearsOfTheSessionsEndAtOnce(int taken) {
    ScriptedServer server = new ScriptedServer(new OneFile(octets(4_000_000)));
    SftpSession session =
        server.session(
            ScriptedServer.SETTINGS.withFlow(
                SftpFlow.DEFAULT.withWindow(261_120).withMostWindow(261_120)));

    StepVerifier.create(session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release), taken)
        .expectNextCount(taken)
        .then(() -> session.stat(FILE).block(WAIT)) // OPEN has been answered by then
        .then(() -> server.close().subscribe())
        .expectError(SessionClosed.class)
        .verify(WAIT);
  }

  @Test
  void aReaderBoundsWhatIsAskedForAhead() {
    ScriptedServer server = new ScriptedServer(new OneFile(octets(700_000)));
    SftpSession session = server.session();

    StepVerifier.create(
            session
                .read(FILE, ByteRange.all())
                .transform(ReadOptions.DEFAULT.readAhead(2 * 32_768)::on)
                .doOnNext(ByteBuf::release),
            1)
        .expectNextCount(1)
        .then(() -> session.stat(FILE).block(WAIT)) // all READs have been answered by then
        .thenCancel()
        .verify(WAIT);

    assertThat(server.count(HandleRequest.Read.class)).isLessThanOrEqualTo(4); // of 22
  }

  @Test
  @Conforms("SFTP-065")
  void whatHasAllArrivedIsDeliveredBehindTheSessionsEnd() {
    byte[] content = octets(100_000);
    ScriptedServer server = new ScriptedServer(new OneFile(content));
    SftpSession session = server.session();
    ByteArrayOutputStream all = new ByteArrayOutputStream();

    StepVerifier.create(
            session
                .read(FILE, ByteRange.all())
                .doOnNext(
                    data -> {
                      all.writeBytes(ByteBufUtil.getBytes(data));
                      data.release();
                    }),
            1)
        .expectNextCount(1)
        .then(() -> session.stat(FILE).block(WAIT)) // all READs have been answered by then
        .then(() -> server.close().then(server.onClosed()).block(WAIT))
        .thenRequest(Long.MAX_VALUE)
        .thenConsumeWhile(data -> true)
        .expectComplete()
        .verify(WAIT);

    assertThat(all.toByteArray()).isEqualTo(content);
  }

  @Test
  @Conforms({"SFTP-065", "SFTP-066"})
  void whatACutDownloadHasDeliveredIsTheBeginningOfTheFile() {
    byte[] content = octets(300_000);
    for (long octets = 1_000; octets < 300_000; octets += 17_777) {
      OneFile file = new OneFile(content);
      List<SftpRequest> held = new ArrayList<>();
      ScriptedServer server =
          new ScriptedServer(
                  (request, far) -> {
                    held.add(request);
                    if (!(request instanceof HandleRequest.Read) || held.size() % 3 == 0) {
                      Collections.reverse(held);
                      held.forEach(each -> file.on(each, far));
                      held.clear();
                    }
                  })
              .cutAfter(octets);
      ByteArrayOutputStream kept = new ByteArrayOutputStream();

      assertThatThrownBy(() -> collect(server.session().read(FILE, ByteRange.all()), kept))
          .isInstanceOf(SessionClosed.class);

      assertThat(kept.toByteArray()).isEqualTo(Arrays.copyOf(content, kept.size()));
    }
  }

  @Test
  @Conforms("SFTP-065")
  void aConnectionCutAtAnyOctetEndsTheDownload() {
    long whole = 0;
    for (long octets = 10; ; octets++) {
      SftpSession session = new ScriptedServer(new OneFile(octets(40))).cutAfter(octets).session();
      try {
        read(session, ByteRange.all());
        whole = octets;
        break;
      } catch (SessionClosed cut) {
        assertThat(session.stat(FILE).materialize().block(WAIT).getThrowable())
            .isInstanceOf(SessionClosed.class);
      }
    }
    assertThat(whole).isGreaterThan(100);
  }

  @Test
  @Conforms("SFTP-056")
  void anAnswerToNoRequestEndsTheSession() {
    ScriptedServer server =
        new ScriptedServer((request, far) -> far.status(request.id() + 77, StatusCode.OK));

    assertThatThrownBy(() -> server.session().stat(FILE).block(WAIT))
        .isInstanceOf(SessionClosed.class)
        .hasMessageContaining("an answer to no request");
  }

  @Test
  @Conforms("SFTP-056")
  void anAnswerOfTheWrongTypeEndsTheSession() {
    ScriptedServer server =
        new ScriptedServer(
            (request, far) ->
                far.send(new SftpResponse.Data(request.id(), Unpooled.EMPTY_BUFFER, false)));

    assertThatThrownBy(() -> server.session().stat(FILE).block(WAIT))
        .hasMessageContaining("type 103, expected 105");
    server.onClosed().block(WAIT);
  }

  @Test
  @Conforms("SFTP-015")
  void anAnswerThatCannotBeReadFailsItsRequestAlone() {
    OneFile file = new OneFile(octets(10));
    ScriptedServer server =
        new ScriptedServer(
            (request, far) -> {
              if (far.seen().size() == 1) {
                far.raw(
                    Unpooled.buffer()
                        .writeInt(9)
                        .writeByte(105)
                        .writeInt(request.id())
                        .writeInt(0x10));
              } else {
                file.on(request, far);
              }
            });
    SftpSession session = server.session();

    assertThat(session.stat(FILE).materialize().block(WAIT).isOnError()).isTrue();
    assertThat(read(session, ByteRange.all())).hasSize(10);
  }

  @Test
  void aDirectoryIsNotReadAsAFile() {
    OneFile file = new OneFile(new byte[0]);
    ScriptedServer server =
        new ScriptedServer(
            (request, far) -> {
              if (request instanceof PathRequest.Stat) {
                far.send(
                    new SftpResponse.Attrs(
                        request.id(),
                        SftpAttributes.NONE.withType(FileType.DIRECTORY).withPermissions(0755)));
              } else {
                file.on(request, far);
              }
            });
    SftpSession session = server.session();

    assertThatThrownBy(() -> read(session, ByteRange.all()))
        .isInstanceOfSatisfying(
            FileFailure.class, e -> assertThat(e.error()).isEqualTo(FileError.IS_A_DIRECTORY));
    session.stat(FILE).block(WAIT);
    assertThat(file.openHandles()).isZero();
  }

  private interface Answer {
    SftpResponse to(HandleRequest.Read read);
  }

  private static ScriptedServer.Script answering(OneFile file, Answer answer) {
    return (request, far) -> {
      if (request instanceof HandleRequest.Read read) {
        far.send(answer.to(read));
      } else {
        file.on(request, far);
      }
    };
  }

  private static byte[] read(SftpSession session, ByteRange range) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    collect(session.read(FILE, range), all);
    return all.toByteArray();
  }

  private static void collect(Flux<ByteBuf> buffers, ByteArrayOutputStream into) {
    buffers
        .doOnNext(
            buffer -> {
              into.writeBytes(ByteBufUtil.getBytes(buffer));
              buffer.release();
            })
        .then()
        .block(WAIT);
  }

  static byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }
}
