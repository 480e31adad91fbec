package dev.sluice.docs.examples;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.client.FtpClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A client that uploads a file, lists the directory and reads the file again. */
public final class ClientExample {
  private ClientExample() {}

  public static Flux<String> roundTrip(int port) {
    FtpClient client = FtpClient.create("127.0.0.1").port(port).credentials("ann", "secret");
    RemotePath file = RemotePath.of("/hello.txt");
    return Flux.usingWhen(
        client.connect(),
        session ->
            session
                .write(file, WriteMode.replace(), Mono.fromSupplier(() -> octets("hello")))
                .thenMany(session.list(RemotePath.root()).map(FileEntry::name))
                .concatWith(session.read(file, ByteRange.all()).map(ClientExample::text)),
        FileSession::close);
  }

  private static ByteBuf octets(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  /** Each buffer belongs to whoever receives it: release it when it is read. */
  private static String text(ByteBuf octets) {
    try {
      return octets.toString(StandardCharsets.UTF_8);
    } finally {
      ReferenceCountUtil.release(octets);
    }
  }
}
