package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.api.WriteMode;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionEvent.Closed;
import dev.sluice.api.observe.SessionEvent.ConnectFailed;
import dev.sluice.api.observe.SessionEvent.Connected;
import dev.sluice.api.observe.SessionEvent.Connecting;
import dev.sluice.api.observe.SessionEvent.LoggedIn;
import dev.sluice.api.observe.SessionEvent.LoginRefused;
import dev.sluice.api.observe.SessionEvent.TransferEnded;
import dev.sluice.api.observe.SessionEvent.TransferStarted;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import dev.sluice.api.observe.TransferRef.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * What the observers of a client and of its server hear, whatever the protocol. Each transfer has
 * one start and one end on both sides.
 */
public abstract class ObservationContract {
  /** What the server's storage takes. */
  protected static final long QUOTA = 4 << 20;

  protected static final String USER = "ann";
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final int OCTETS = 1 << 20;
  private static final long MUCH = 256L << 20;

  private final HeardEvents client = new HeardEvents();
  private final HeardEvents server = new HeardEvents();
  private FileSession session;

  /** The files of the server. */
  @TempDir protected Path root;

  /** Serves {@link #root} with {@link #QUOTA} to {@link #USER}. */
  protected abstract void serve(SessionObserver observer);

  protected abstract void stop();

  /** A client of that server. */
  protected abstract FileClient client(boolean knowsPassword, SessionObserver observer);

  /** A client of a port where nobody listens. */
  protected abstract FileClient stray(SessionObserver observer);

  protected abstract String protocol();

  /** Whether the protocol has a message by which a client gives a transfer up. */
  protected abstract boolean tellsOfCancellation();

  @BeforeEach
  void connect() {
    serve(server);
    session = Objects.requireNonNull(client(true, client).connect().block(WAIT));
  }

  @AfterEach
  void end() {
    session.close().block(WAIT);
    stop();
  }

  @Test
  void aSessionIsKnownByOneIdWithItsUserProtocolAndPeer() {
    session.close().block(WAIT);

    for (HeardEvents side : List.of(client, server)) {
      Closed closed = side.await(Closed.class, any -> true, WAIT);
      assertThat(closed.session().user()).isEqualTo(USER);
      assertThat(closed.session().protocol()).isEqualTo(protocol());
      assertThat(side.all())
          .extracting(event -> event.session().id())
          .containsOnly(closed.session().id());
      assertThat(side.all(Connected.class)).hasSize(1);
      assertThat(side.all(LoggedIn.class)).hasSize(1);
      assertThat(side.all(Closed.class)).hasSize(1);
    }
    assertThat(client.all().get(0)).isInstanceOf(Connecting.class);
    assertThat(roles(client)).containsOnly(SessionRef.Role.CLIENT);
    assertThat(roles(server)).containsOnly(SessionRef.Role.SERVER);
  }

  @Test
  void aCompleteTransferEndsOnceOnBothSides() {
    session.write(FILE, WriteMode.replace(), octets(OCTETS)).block(WAIT);
    session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release).then().block(WAIT);

    leave();

    for (HeardEvents side : List.of(client, server)) {
      assertThat(ends(side))
          .allSatisfy(
              end -> {
                assertThat(end.outcome()).isEqualTo(Outcome.COMPLETE);
                assertThat(end.octets()).isEqualTo(OCTETS);
                assertThat(end.transfer().file().name()).startsWith(FILE.name()); // or aside
                assertThat(end.session().user()).isEqualTo(USER);
                assertThat(end.firstOctet()).isBetween(Duration.ZERO, end.took());
              });
    }
    assertThat(directions(client)).containsExactly(Direction.SENT, Direction.RECEIVED);
    assertThat(directions(server)).containsExactly(Direction.RECEIVED, Direction.SENT);
  }

  @Test
  void anEmptyFileIsATransferWithoutAFirstOctet() {
    session.write(FILE, WriteMode.replace(), Flux.empty()).block(WAIT);

    leave();

    assertThat(ends(server)).hasSize(1);
    assertThat(ends(server).get(0).octets()).isZero();
    assertThat(ends(server).get(0).firstOctet()).isNull();
  }

  @Test
  void aDownloadThatIsGivenUpEndsOnceOnBothSides() {
    large();
    session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release).take(1).blockLast(WAIT);

    leave();

    assertThat(ends(client)).hasSize(1);
    assertThat(ends(client).get(0).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(ends(server)).hasSize(1);
    assertThat(ends(server).get(0).octets()).isLessThan(MUCH);
    if (tellsOfCancellation()) { // and if the reset of the data connection comes first
      assertThat(ends(server).get(0).outcome().error()).isIn("none", "connection_lost");
      assertThat(ends(server).get(0).outcome()).isNotEqualTo(Outcome.COMPLETE);
    }
  }

  @Test
  void anUploadThatIsGivenUpEndsOnceOnBothSides() {
    Flux<ByteBuf> stuck = octets(OCTETS).concatWith(Flux.never());
    BaseSubscriber<Void> upload = new BaseSubscriber<>() {};
    session.write(FILE, WriteMode.replace(), stuck).subscribe(upload);
    server.await(TransferStarted.class, started -> true, WAIT);

    upload.cancel();
    client.await(TransferEnded.class, any -> true, WAIT);
    leave();

    assertThat(ends(client)).hasSize(1);
    assertThat(ends(client).get(0).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(ends(server)).hasSize(1);
    if (tellsOfCancellation()) {
      assertThat(ends(server).get(0).outcome()).isNotEqualTo(Outcome.COMPLETE);
    }
  }

  @Test
  void aSessionThatEndsInATransferEndsThatOnce() {
    large();
    session.read(FILE, ByteRange.all()).onErrorComplete().subscribe(new Stalled());
    TransferStarted started = client.await(TransferStarted.class, any -> true, WAIT);
    server.await(TransferStarted.class, any -> true, WAIT);
    assertThat(started.octets().getAsLong()).isLessThan(MUCH);

    leave();

    assertThat(ends(client)).hasSize(1);
    assertThat(ends(client).get(0).outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(ends(server)).hasSize(1);
    assertThat(ends(server).get(0).outcome()).isNotEqualTo(Outcome.COMPLETE);
  }

  @Test
  void aTransferThatTheStorageRefusesEndsOnceOnBothSidesWithTheReason() {
    assertThatThrownBy(
            () -> session.write(FILE, WriteMode.replace(), octets((int) (2 * QUOTA))).block(WAIT))
        .isInstanceOf(TransferException.class);

    leave();

    assertThat(ends(client)).hasSize(1);
    assertThat(ends(client).get(0).outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(ends(server)).hasSize(1);
    assertThat(ends(server).get(0).outcome().error()).isEqualTo("quota_exceeded");
  }

  @Test
  void anUploadWhoseContentFailsIsNoCompleteOne() {
    Flux<ByteBuf> broken =
        octets(OCTETS).concatWith(Flux.error(new IllegalStateException("no more")));
    assertThatThrownBy(() -> session.write(FILE, WriteMode.replace(), broken).block(WAIT))
        .hasMessageContaining("no more");

    leave();

    assertThat(ends(client)).hasSize(1);
    assertThat(ends(client).get(0).outcome().error()).isEqualTo("other");
    assertThat(ends(server)).hasSize(1);
  }

  @Test
  void theContextOfTheSubscriberComesWithTheEvent() {
    session
        .write(FILE, WriteMode.replace(), octets(1))
        .contextWrite(Context.of("who", "asks"))
        .block(WAIT);
    FileSession another =
        Objects.requireNonNull(
            client(true, client)
                .connect()
                .cast(FileSession.class)
                .contextWrite(Context.of("who", "connects"))
                .block(WAIT));
    another.close().block(WAIT);

    assertThat(client.all(TransferStarted.class).get(0).context().<String>get("who"))
        .isEqualTo("asks");
    assertThat(client.all(Connecting.class).get(1).context().<String>get("who"))
        .isEqualTo("connects");
  }

  @Test
  void aConnectionThatCannotBeMadeIsReportedOnce() {
    HeardEvents lost = new HeardEvents();
    assertThatThrownBy(() -> stray(lost).connect().block(WAIT))
        .isInstanceOf(TransferException.class);

    assertThat(lost.all()).hasSize(2);
    assertThat(lost.all().get(0)).isInstanceOf(Connecting.class);
    assertThat(lost.all(ConnectFailed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.outcome().error()).isEqualTo("connect_failed"));
  }

  @Test
  void aRefusedLoginIsReportedOnBothSides() {
    HeardEvents stranger = new HeardEvents();
    assertThatThrownBy(() -> client(false, stranger).connect().block(WAIT))
        .isInstanceOf(TransferException.class);
    stranger.await(Closed.class, any -> true, WAIT);

    assertThat(stranger.all(LoginRefused.class)).hasSize(1);
    assertThat(stranger.all(ConnectFailed.class))
        .singleElement()
        .satisfies(
            failed -> assertThat(failed.outcome().error()).isEqualTo("authentication_failed"));
    assertThat(server.await(LoginRefused.class, any -> true, WAIT).user()).isEqualTo(USER);
    assertThat(stranger.all().toString()).doesNotContain("guess");
  }

  /** Ends the session in order, and waits for the end of all that has started. */
  private void leave() {
    session.close().block(WAIT);
    client.await(Closed.class, any -> true, WAIT);
    stop();
    for (HeardEvents side : List.of(client, server)) {
      for (TransferStarted started : side.all(TransferStarted.class)) {
        side.await(TransferEnded.class, end -> end.transfer().equals(started.transfer()), WAIT);
      }
      assertThat(side.all(TransferStarted.class))
          .extracting(started -> started.transfer().id())
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              ends(side).stream().map(end -> end.transfer().id()).toList());
    }
  }

  private void large() {
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("file").toFile(), "rw")) {
      file.setLength(MUCH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Flux<ByteBuf> octets(int count) {
    int piece = Math.min(count, 1 << 16);
    return Flux.range(0, count / piece).map(i -> Unpooled.wrappedBuffer(new byte[piece]));
  }

  private static List<TransferEnded> ends(HeardEvents side) {
    return side.all(TransferEnded.class);
  }

  private static List<Direction> directions(HeardEvents side) {
    return ends(side).stream().map(TransferEnded::transfer).map(TransferRef::direction).toList();
  }

  private static List<SessionRef.Role> roles(HeardEvents side) {
    return side.all().stream().map(SessionEvent::session).map(SessionRef::role).toList();
  }

  /** A reader that takes one buffer and no more. */
  private static final class Stalled extends BaseSubscriber<ByteBuf> {
    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      request(1);
    }

    @Override
    protected void hookOnNext(ByteBuf octets) {
      octets.release();
    }
  }
}
