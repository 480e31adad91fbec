package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.bench.suite.worker.Protocol;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.PeerTls;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.test.peer.Peers;
import dev.sluice.tls.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A program that serves FTP.
 *
 * @param name its name in tables
 * @param protocol with TLS or without
 * @param peer its name in {@link Peers}
 * @param launcher starts one
 */
record NativeFtpServer(
    String name, Protocol protocol, String peer, Function<PeerOptions, ServerPeer> launcher)
    implements Server {
  private static final int IDLE_SECONDS = 3600;

  @Override
  public String missing() {
    return Peers.whyMissing(peer);
  }

  @Override
  public Running start(Arena arena) throws IOException {
    PeerOptions options = PeerOptions.DEFAULT.idleAfter(IDLE_SECONDS);
    ServerPeer server =
        launcher.apply(
            protocol == Protocol.FTPS
                ? options.secured(PeerTls.required(new TestCertificates()))
                : options);
    try {
      arena.fill(server.root());
      server.giveFilesToUser();
      return new RunningPeer(server, protocol);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private record RunningPeer(ServerPeer server, Protocol protocol) implements Running {

    @Override
    public Endpoint endpoint() {
      String trust =
          protocol == Protocol.FTPS ? server.root().resolveSibling("authority.crt").toString() : "";
      return new Endpoint(
          protocol, server.host(), server.port(), server.user(), server.password(), trust, "");
    }

    @Override
    public int lastPort() {
      return server.lastPort();
    }

    @Override
    public Path root() {
      return server.root();
    }

    @Override
    public long pid() {
      return server.pid();
    }

    @Override
    public OptionalLong heap() {
      return OptionalLong.empty();
    }

    @Override
    public long threads() {
      return ProcessMeter.threads(pid());
    }

    @Override
    public void giveFilesToUser() {
      server.giveFilesToUser();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
