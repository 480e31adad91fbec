package dev.sluice.ftp;

import dev.sluice.api.BoundServer;
import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * A process that reads a large file from a server of its own, a megabyte a second at most, for some
 * seconds, cancels, and uses the session again. Ends with status 0 when all of that worked.
 */
final class SlowConsumer {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private SlowConsumer() {}

  /** Arguments: the directory, the file's name, the seconds. */
  public static void main(String[] args) {
    BoundServer server =
        FtpServer.create()
            .host("127.0.0.1")
            .port(0)
            .storage(LocalStorage.at(Path.of(args[0])))
            .users(StaticUsers.of("ann", "secret"))
            .bind()
            .block(LIMIT);
    FtpSession session =
        FtpClient.create("127.0.0.1")
            .port(server.address().getPort())
            .credentials("ann", "secret")
            .connectFtp()
            .block(LIMIT);
    AtomicLong octets = new AtomicLong();
    session
        .read(RemotePath.of(args[1]), ByteRange.all())
        .concatMap(piece -> slowly(piece, octets), 1)
        .take(Duration.ofSeconds(Long.parseLong(args[2])))
        .blockLast();
    System.out.println("read " + octets.get());
    System.out.println(session.command("NOOP").block(LIMIT).code());
    session.close().block(LIMIT);
    server.close().block(LIMIT);
    System.exit(0);
  }

  private static Mono<Long> slowly(ByteBuf piece, AtomicLong octets) {
    long length = piece.readableBytes();
    piece.release();
    return Mono.just(octets.addAndGet(length)).delayElement(Duration.ofMillis(length / 1000 + 1));
  }
}
