package dev.sluice.sftp.both;

import static dev.sluice.sftp.both.BothEnds.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.SessionEvent.TransferEnded;
import dev.sluice.api.observe.SessionEvent.TransferStarted;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.storage.decorate.QuotaStorage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.HeardEvents;
import dev.sluice.test.ObservationContract;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

@DisplayName("What is heard of SFTP")
final class SftpObservationIT extends ObservationContract {
  private BothEnds ends;

  @Override
  protected void serve(SessionObserver observer) {
    ends = BothEnds.observed(QuotaStorage.of(LocalStorage.at(root), QUOTA), observer);
  }

  @Override
  protected void stop() {
    ends.close();
  }

  @Override
  protected FileClient client(boolean knowsPassword, SessionObserver observer) {
    return knowsPassword
        ? ends.client().observer(observer)
        : stranger(ends.port()).observer(observer);
  }

  @Override
  protected FileClient stray(SessionObserver observer) {
    return stranger(1).observer(observer);
  }

  @Override
  protected String protocol() {
    return "sftp";
  }

  /** A CLOSE ends a file whole or not. */
  @Override
  protected boolean tellsOfCancellation() {
    return false;
  }

  /** The client leaves while its CLOSE is under way. */
  @Test
  void aFileThatTheStorageClosesSlowlyIsReportedBeforeTheServerHasStopped() throws IOException {
    Files.write(root.resolve("file"), new byte[1 << 20]);
    HeardEvents heard = new HeardEvents();
    try (BothEnds slow = BothEnds.observed(new SlowToClose(LocalStorage.at(root)), heard)) {
      SftpSession session = slow.session();
      session
          .read(RemotePath.of("/file"), ByteRange.all())
          .map(ByteBuf::release)
          .take(1)
          .blockLast(WAIT);
      session.close().block(WAIT);
    }

    assertThat(heard.all(TransferStarted.class)).hasSize(1);
    assertThat(heard.all(TransferEnded.class)).hasSize(1);
  }

  private record SlowToClose(Storage inner) implements Storage {
    @Override
    public Mono<StorageSession> open(Identity user) {
      return inner.open(user).map(SlowSession::new);
    }
  }

  private record SlowSession(StorageSession inner) implements ForwardingSession {
    @Override
    public Mono<FileHandle> open(RemotePath path, OpenMode mode) {
      return inner.open(path, mode).map(SlowHandle::new);
    }
  }

  private record SlowHandle(FileHandle inner) implements ForwardingHandle {
    @Override
    public Mono<Void> close() {
      return inner.close().delaySubscription(Duration.ofMillis(300));
    }
  }

  private static SftpClient stranger(int port) {
    return SftpClient.create("127.0.0.1")
        .port(port)
        .user(USER)
        .credential(Credential.password("guess"))
        .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone());
  }
}
