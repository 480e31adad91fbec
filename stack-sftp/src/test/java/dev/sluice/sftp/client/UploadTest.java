package dev.sluice.sftp.client;

import static dev.sluice.sftp.client.DownloadTest.octets;
import static dev.sluice.sftp.client.ScriptedServer.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpFlow;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpUploads;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

/** Uploads to servers that answer in every way that they may. */
final class UploadTest {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final Map<String, byte[]> REPLACING =
      Map.of("posix-rename@openssh.com", new byte[] {'1'});

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 4096, 4097, 32_768, 50_000, 400_000})
  void buffersOfAnyLengthArriveInOrder(int buffer) {
    byte[] content = octets(Math.min(200_000, 5_000 * buffer));
    OneFile file = new OneFile(new byte[0]);

    new ScriptedServer(file)
        .session()
        .write(FILE, WriteMode.createNew(), buffers(buffer, content))
        .block(WAIT);

    assertThat(file.content()).isEqualTo(content);
    assertThat(file.openHandles()).isZero();
  }

  @Test
  @Conforms("SFTP-062")
  void theFirstWriteThatFailsIsToldAndNoneFollows() {
    OneFile file =
        new OneFile(new byte[0])
            .writing(offset -> offset >= 65_536 ? StatusCode.FAILURE : StatusCode.OK);
    ScriptedServer server = new ScriptedServer(file);
    SftpSession session =
        server.session(
            ScriptedServer.SETTINGS.withFlow(
                SftpFlow.DEFAULT.withWindow(262_144).withMostWindow(262_144)));

    assertThatThrownBy(
            () ->
                session
                    .write(FILE, new WriteMode.Replace(false), buffers(32_768, octets(4_000_000)))
                    .block(WAIT))
        .isInstanceOf(FileFailure.class)
        .hasMessageContaining("offset 65536");

    assertThat(server.count(HandleRequest.Write.class)).isLessThanOrEqualTo(12);
    assertThat(file.openHandles()).isZero();
  }

  @Test
  @Conforms("SFTP-026")
  void aFileThatCannotBeClosedWasNotWritten() {
    OneFile file = new OneFile(new byte[0]);
    ScriptedServer server =
        new ScriptedServer(
            (request, far) -> {
              if (request instanceof HandleRequest.Close) {
                far.status(request.id(), StatusCode.FAILURE);
              } else {
                file.on(request, far);
              }
            });

    assertThatThrownBy(
            () ->
                server
                    .session()
                    .write(FILE, WriteMode.createNew(), buffers(10, octets(10)))
                    .block(WAIT))
        .isInstanceOf(FileFailure.class);
    assertThat(removed(server)).startsWith("/file.").endsWith(".part");
  }

  @Test
  @Conforms("SFTP-068")
  void aFileIsReplacedByRenamingATemporaryOne() {
    OneFile file = new OneFile(new byte[0]);
    ScriptedServer server = new ScriptedServer(file).speaking(3, REPLACING);

    server.session().write(FILE, WriteMode.replace(), buffers(10, octets(10))).block(WAIT);

    PathRequest.Open open = first(server, PathRequest.Open.class);
    assertThat(open.path()).startsWith("/file.").endsWith(".part");
    assertThat(open.how().disposition().name()).isEqualTo("CREATE_NEW");
    assertThat(first(server, Extended.class).extension().name())
        .isEqualTo("posix-rename@openssh.com");
    assertThat(server.count(PathRequest.Plain.class)).isZero();
  }

  @Test
  @Conforms("SFTP-068")
  void aTemporaryFileDoesNotStayWhenAWriteFails() {
    OneFile file = new OneFile(new byte[0]).writing(offset -> StatusCode.FAILURE);
    ScriptedServer server = new ScriptedServer(file).speaking(3, REPLACING);

    assertThatThrownBy(
            () ->
                server
                    .session()
                    .write(FILE, WriteMode.replace(), buffers(10, octets(10)))
                    .block(WAIT))
        .isInstanceOf(FileFailure.class);

    assertThat(removed(server)).startsWith("/file.").endsWith(".part");
    assertThat(server.count(Extended.class)).isZero();
  }

  @Test
  @Conforms("SFTP-069")
  void withoutARenameThatReplacesNothingIsBegun() {
    OneFile file = new OneFile(new byte[0]);
    ScriptedServer server = new ScriptedServer(existing(file));

    assertThatThrownBy(
            () ->
                server
                    .session()
                    .write(FILE, WriteMode.replace(), buffers(10, octets(10)))
                    .block(WAIT))
        .isInstanceOfSatisfying(
            FileFailure.class, e -> assertThat(e.error()).isEqualTo(FileError.UNSUPPORTED));
    assertThat(server.count(HandleRequest.Write.class)).isZero();
    assertThat(file.openHandles()).isZero();
  }

  @Test
  @Conforms("SFTP-069")
  void onRequestTheOldFileIsRemovedFirst() {
    OneFile file = new OneFile(new byte[0]);
    ScriptedServer server =
        new ScriptedServer(
            (request, far) -> {
              boolean first = request instanceof PathRequest.Rename && removals(far) == 0;
              if (first) {
                far.status(request.id(), StatusCode.FAILURE);
              } else {
                existing(file).on(request, far);
              }
            });

    server
        .session(
            ScriptedServer.SETTINGS.withUploads(SftpUploads.DEFAULT.withRemoveThenRename(true)))
        .write(FILE, WriteMode.replace(), buffers(10, octets(10)))
        .block(WAIT);

    assertThat(removed(server)).isEqualTo("/file");
    assertThat(server.count(PathRequest.Rename.class)).isEqualTo(2);
  }

  @Test
  @Conforms("SFTP-067")
  void anAppendingHandleHasOneWriteUnderWay() {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    OneFile file = new OneFile(new byte[0]);
    ScriptedServer server =
        new ScriptedServer(
            (request, far) -> {
              if (request instanceof HandleRequest.Write) {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                far.later(
                    () -> {
                      underWay.decrementAndGet();
                      file.on(request, far);
                    });
              } else {
                file.on(request, far);
              }
            });

    server.session().write(FILE, WriteMode.append(), buffers(32_768, octets(500_000))).block(WAIT);

    assertThat(most.get()).isEqualTo(1);
    assertThat(first(server, PathRequest.Open.class).how().appends()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 30})
  @Conforms("SFTP-063")
  void cancellingAnUploadLeavesNothingOpenAndNothingBehind(int buffers) {
    OneFile file = new OneFile(new byte[0]);
    ScriptedServer server = new ScriptedServer(file).speaking(3, REPLACING);
    SftpSession session = server.session();
    Flux<ByteBuf> endless = buffers(20_000, octets(20_000 * buffers)).concatWith(Flux.never());

    session
        .write(FILE, WriteMode.replace(), endless)
        .timeout(Duration.ofMillis(200))
        .onErrorComplete()
        .block(WAIT);
    session.stat(FILE).block(WAIT);
    session.stat(FILE).block(WAIT);

    assertThat(file.openHandles()).isZero();
    assertThat(removed(server)).endsWith(".part");
  }

  @Test
  @Conforms("SFTP-065")
  void aConnectionCutAtAnyOctetEndsTheUpload() {
    for (long octets = 10; ; octets++) {
      ScriptedServer server = new ScriptedServer(new OneFile(new byte[0])).cutAfter(octets);
      SftpSession session = server.session();
      Throwable end =
          session
              .write(FILE, WriteMode.createNew(), buffers(10, octets(40)))
              .materialize()
              .block(WAIT)
              .getThrowable();
      if (end == null) {
        assertThat(octets).isGreaterThan(60);
        return;
      }
      assertThat(end).isInstanceOf(SessionClosed.class);
      assertThat(server.seen()) // so that no part of the file has its name
          .noneMatch(it -> it instanceof PathRequest.Open open && open.path().equals("/file"));
    }
  }

  @Test
  void contentThatComesAfterTheSessionHasEndedIsNotWanted() {
    ScriptedServer server = new ScriptedServer(new OneFile(new byte[0]));
    SftpSession session = server.session();
    Sinks.One<Subscriber<? super ByteBuf>> asked = Sinks.one();
    Publisher<ByteBuf> late = subscriber -> asked.tryEmitValue(subscriber).orThrow();
    Mono<Void> upload = session.write(FILE, new WriteMode.Replace(false), late).cache();
    upload.subscribe(done -> {}, failed -> {});
    Subscriber<? super ByteBuf> subscriber = asked.asMono().block(WAIT);

    server.close().block(WAIT);
    assertThatThrownBy(() -> upload.block(WAIT)).isInstanceOf(SessionClosed.class);

    TestPublisher<ByteBuf> content = TestPublisher.create();
    content.subscribe(subscriber);
    content.assertCancelled();
  }

  private static ScriptedServer.Script existing(OneFile file) {
    return (request, far) -> {
      if (request instanceof PathRequest.Lstat) {
        far.send(new SftpResponse.Attrs(request.id(), SftpAttributes.NONE.withSize(3L)));
      } else {
        file.on(request, far);
      }
    };
  }

  private static long removals(ScriptedServer server) {
    return server.count(PathRequest.Plain.class);
  }

  private static String removed(ScriptedServer server) {
    return first(server, PathRequest.Plain.class).path();
  }

  private static <T> T first(ScriptedServer server, Class<T> kind) {
    return server.seen().stream().filter(kind::isInstance).map(kind::cast).findFirst().get();
  }

  @Test
  void whatTheChannelDoesNotTakeIsNotReadFromTheSource() {
    AtomicInteger read = new AtomicInteger();
    ScriptedServer server = new ScriptedServer(new OneFile(new byte[0])).taking(20);
    SftpSession session =
        server.session(
            ScriptedServer.SETTINGS.withFlow(
                SftpFlow.DEFAULT.withWindow(16 << 20).withMostWindow(16 << 20)));

    Disposable upload =
        session
            .write(
                FILE,
                new WriteMode.Replace(false),
                buffers(65_536, new byte[16 << 20]).doOnNext(any -> read.addAndGet(65_536)))
            .subscribe();
    int before = -1;
    while (before != read.get() || before == 0) { // all of it happens on the channel's thread
      before = read.get();
      Mono.fromRunnable(() -> {}).subscribeOn(server.scheduler()).block(WAIT);
    }

    assertThat(read.get()).isLessThan(5 << 20);
    upload.dispose();
    session.close().block(WAIT);
  }

  private static Flux<ByteBuf> buffers(int size, byte[] content) {
    return Flux.range(0, (content.length + size - 1) / size)
        .map(
            i -> {
              int length = Math.min(size, content.length - i * size);
              return ByteBufAllocator.DEFAULT.buffer(length).writeBytes(content, i * size, length);
            });
  }
}
