package dev.sluice.sftp.both;

import static dev.sluice.sftp.both.BothEnds.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionEvent.Direction;
import dev.sluice.api.observe.SessionEvent.RequestAnswered;
import dev.sluice.api.observe.SessionEvent.TransferEnded;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.storage.local.LocalStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** What an observer of a client hears. */
final class ObservedIT {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final int OCTETS = 1_000_000;

  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  @TempDir private Path root;
  private BothEnds ends;

  @BeforeEach
  void serve() {
    ends = BothEnds.serving(LocalStorage.at(root));
  }

  @AfterEach
  void stop() {
    ends.close();
  }

  @Test
  void aSessionBeginsWithTheLoginAndEndsOnce() {
    SftpSession session = session();
    session.close().then(session.onClosed().onErrorComplete()).block(WAIT);

    assertThat(events.subList(0, 3))
        .extracting(SessionEvent::getClass)
        .containsExactly(
            SessionEvent.Connected.class, SessionEvent.Secured.class, SessionEvent.LoggedIn.class);
    assertThat(events).filteredOn(SessionEvent.Closed.class::isInstance).hasSize(1);
    assertThat(events.stream().map(SessionEvent::session).distinct()).hasSize(1);
    assertThat(events.get(0))
        .isInstanceOfSatisfying(
            SessionEvent.Connected.class,
            connected -> assertThat(connected.protocol()).isEqualTo("sftp"));
  }

  @Test
  void everyRequestIsToldWithItsAnswer() {
    SftpSession session = session();

    session.createDirectory(FILE).block(WAIT);
    assertThatThrownBy(() -> session.stat(FILE.child("missing")).block(WAIT))
        .isInstanceOf(FileFailure.class);
    session.deleteDirectory(FILE).block(WAIT);

    assertThat(told(RequestAnswered.class))
        .extracting(answered -> answered.request() + " " + answered.code())
        .containsSubsequence("limits@openssh.com 0", "MKDIR 0", "STAT 2", "RMDIR 0");
    session.close().block(WAIT);
  }

  @Test
  void transfersAreToldWithTheirOctets() {
    SftpSession session = session();

    session.write(FILE, WriteMode.replace(), content()).block(WAIT);
    session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release).then().block(WAIT);

    assertThat(told(TransferEnded.class))
        .extracting(TransferEnded::direction, TransferEnded::octets, TransferEnded::failure)
        .containsExactly(
            tuple(Direction.SENT, (long) OCTETS, null),
            tuple(Direction.RECEIVED, (long) OCTETS, null));
    session.close().block(WAIT);
  }

  @Test
  void aTransferThatDoesNotReachItsEndIsToldWithTheReason() {
    SftpSession session = session();
    session.write(FILE, WriteMode.replace(), content()).block(WAIT);
    events.clear();

    session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release).blockFirst(WAIT);
    assertThatThrownBy(
            () ->
                session
                    .read(RemotePath.of("/missing"), ByteRange.all())
                    .doOnNext(ByteBuf::release)
                    .blockLast(WAIT))
        .isInstanceOf(FileFailure.class);

    assertThat(told(TransferEnded.class)).hasSize(2);
    assertThat(told(TransferEnded.class).get(0).failure()).isEqualTo("cancelled");
    assertThat(told(TransferEnded.class).get(1).failure()).contains("/missing");
    session.close().block(WAIT);
  }

  @Test
  void aLoginThatIsRefusedIsTold() {
    SftpClient stranger =
        SftpClient.create("127.0.0.1")
            .port(ends.port())
            .user("mallory")
            .credential(Credential.password("guess"))
            .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
            .observer(events::add);

    assertThatThrownBy(() -> stranger.connect().block(WAIT))
        .isInstanceOf(AuthenticationFailed.class);

    assertThat(events)
        .extracting(SessionEvent::getClass)
        .containsExactly(
            SessionEvent.Connected.class,
            SessionEvent.LoginRefused.class,
            SessionEvent.Closed.class);
    assertThat(events.toString()).doesNotContain("guess");
  }

  private SftpSession session() {
    return Objects.requireNonNull(ends.client().observer(events::add).connect().block(WAIT));
  }

  private static Flux<ByteBuf> content() {
    return Flux.range(0, 10).map(i -> Unpooled.wrappedBuffer(new byte[OCTETS / 10]));
  }

  private <T extends SessionEvent> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
