package dev.sluice.ftp.client;

import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.FtpTimeouts;
import dev.sluice.ftp.peer.ApacheFtpServer;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.ProFtpd;
import dev.sluice.ftp.peer.PureFtpd;
import dev.sluice.ftp.peer.Pyftpdlib;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.ftp.peer.Vsftpd;
import dev.sluice.test.peer.Peers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import reactor.core.publisher.Flux;

/** Starts real servers and sessions with them. */
public final class RealServers {
  public static final List<String> NAMES =
      List.of("vsftpd", "proftpd", "pure-ftpd", "pyftpdlib", "apache");
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private RealServers() {}

  public static ServerPeer start(String name, PeerOptions options) {
    if (!name.equals("apache")) {
      Peers.require(name);
    }
    return switch (name) {
      case "vsftpd" -> Vsftpd.start(options);
      case "proftpd" -> ProFtpd.start(options);
      case "pure-ftpd" -> PureFtpd.start(options);
      case "pyftpdlib" -> Pyftpdlib.start(options);
      case "apache" -> new ApacheFtpServer(options);
      default -> throw new IllegalArgumentException(name);
    };
  }

  public static FtpClient client(ServerPeer server) {
    return FtpClient.create(server.host())
        .port(server.port())
        .credentials(server.user(), server.password())
        .timeouts(t -> FtpTimeouts.all(Duration.ofSeconds(10)));
  }

  public static FtpSession session(ServerPeer server) {
    return connect(client(server));
  }

  public static FtpSession activeSession(ServerPeer server) {
    return connect(client(server).data(d -> d.withMode(DataMode.active())));
  }

  public static FtpSession connect(FtpClient client) {
    FtpSession session = client.connectFtp().block(PATIENCE);
    if (session == null) {
      throw new AssertionError("no session and no error");
    }
    return session;
  }

  public static byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }

  /** {@code content} in pooled buffers, made when they are asked for. */
  public static Flux<ByteBuf> buffers(byte[] content, int size) {
    return Flux.range(0, (content.length + size - 1) / size)
        .map(
            i ->
                ByteBufAllocator.DEFAULT
                    .buffer()
                    .writeBytes(content, i * size, Math.min(size, content.length - i * size)));
  }

  public static byte[] collect(Flux<ByteBuf> buffers) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    buffers
        .doOnNext(
            buffer -> {
              all.writeBytes(ByteBufUtil.getBytes(buffer));
              buffer.release();
            })
        .then()
        .block(PATIENCE);
    return all.toByteArray();
  }
}
