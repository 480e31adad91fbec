package dev.sluice.sftp.both;

import static dev.sluice.sftp.both.BothEnds.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionEvent.RequestAnswered;
import dev.sluice.sftp.SftpSession;
import dev.sluice.storage.local.LocalStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an observer of a client hears. */
final class ObservedIT {
  private static final RemotePath FILE = RemotePath.of("/file");

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

    assertThat(events.subList(0, 4))
        .extracting(SessionEvent::getClass)
        .containsExactly(
            SessionEvent.Connecting.class,
            SessionEvent.Connected.class,
            SessionEvent.Secured.class,
            SessionEvent.LoggedIn.class);
    assertThat(events).filteredOn(SessionEvent.Closed.class::isInstance).hasSize(1);
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

  private SftpSession session() {
    return Objects.requireNonNull(ends.client().observer(events::add).connectSftp().block(WAIT));
  }

  private <T extends SessionEvent> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
