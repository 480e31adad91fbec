package dev.sluice.ftp.tls;

import dev.sluice.api.FileClient;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.storage.decorate.QuotaStorage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.ObservationContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("What is heard of FTP")
class FtpObservationIT extends ObservationContract {
  private TestServer server;

  @Override
  protected void serve(SessionObserver observer) {
    server =
        new TestServer(
            root,
            ours ->
                secured(ours)
                    .storage(QuotaStorage.of(LocalStorage.at(root), QUOTA))
                    .observer(observer));
  }

  @Override
  protected void stop() {
    server.close();
  }

  @Override
  protected FileClient client(boolean knowsPassword, SessionObserver observer) {
    return secured(
        FtpClient.create("localhost")
            .port(server.address().getPort())
            .credentials(TestServer.USER, knowsPassword ? TestServer.PASSWORD : "guess")
            .observer(observer));
  }

  @Override
  protected FileClient stray(SessionObserver observer) {
    return FtpClient.create("127.0.0.1").port(1).observer(observer);
  }

  @Override
  protected String protocol() {
    return "ftp";
  }

  @Override
  protected boolean tellsOfCancellation() {
    return true;
  }

  FtpServer secured(FtpServer ours) {
    return ours;
  }

  FtpClient secured(FtpClient ours) {
    return ours;
  }
}
