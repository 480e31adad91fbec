package dev.sluice.sftp.both;

import dev.sluice.api.FileClient;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.storage.decorate.QuotaStorage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.ObservationContract;
import org.junit.jupiter.api.DisplayName;

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

  private static SftpClient stranger(int port) {
    return SftpClient.create("127.0.0.1")
        .port(port)
        .user(USER)
        .credential(Credential.password("guess"))
        .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone());
  }
}
