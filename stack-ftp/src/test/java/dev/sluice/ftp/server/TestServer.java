package dev.sluice.ftp.server;

import dev.sluice.ftp.PortRange;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.StaticUsers;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server on a free loopback port over a directory on disk, with one user. */
public final class TestServer implements AutoCloseable {
  public static final String USER = "ann";
  public static final String PASSWORD = "secret";

  private final RunningServer server;

  public TestServer(Path root) {
    this(root, server -> server);
  }

  public TestServer(Path root, UnaryOperator<FtpServer> change) {
    FtpServer configured =
        FtpServer.create()
            .host("127.0.0.1")
            .port(0)
            .storage(LocalStorage.at(root))
            .users(StaticUsers.of(USER, PASSWORD))
            .login(
                usual ->
                    new LoginLimits(
                        3, Duration.ofMillis(1), 1000, Duration.ofMinutes(1), List.of()))
            .data(data -> data.withPassivePorts(PortRange.ANY))
            .timeouts(
                t ->
                    t.withDataConnect(Duration.ofSeconds(10))
                        .withDataStall(Duration.ofSeconds(20)));
    this.server = (RunningServer) change.apply(configured).bind().block(Duration.ofSeconds(60));
  }

  public InetSocketAddress address() {
    return server.address();
  }

  RunningServer running() {
    return server;
  }

  /** A raw connection, greeted and logged in. */
  public FtpTalk login() {
    return connect().login(USER, PASSWORD);
  }

  /** A raw connection, greeted. */
  public FtpTalk connect() {
    return new FtpTalk(address());
  }

  @Override
  public void close() {
    server.close().block(Duration.ofSeconds(20));
  }
}
