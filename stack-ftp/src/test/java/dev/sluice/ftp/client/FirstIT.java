package dev.sluice.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.*;
import dev.sluice.ftp.peer.*;
import io.netty.buffer.*;
import java.nio.file.*;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

final class FirstIT {
  @Test
  void works() throws Exception {
    for (Function<PeerOptions, ServerPeer> make : java.util.List.<Function<PeerOptions, ServerPeer>>of(Pyftpdlib::new, Vsftpd::new, ProFtpd::new, PureFtpd::new, ApacheFtpServer::new)) {
    try (ServerPeer server = make.apply(PeerOptions.DEFAULT)) {
      System.out.println("==== " + server.name());
      FtpClient client =
          FtpClient.create(server.host())
              .port(server.port())
              .credentials(server.user(), server.password())
              .options(o -> o.withTrace(System.out::println));
      FtpSession session = client.connect().block(Duration.ofSeconds(20));
      try {
      System.out.println(session.capabilities());
      byte[] data = new byte[3_000_000];
      new java.util.Random(1).nextBytes(data);
      session.write(RemotePath.of("/a b.bin"), WriteMode.replace(), Flux.just(Unpooled.wrappedBuffer(data))).block(Duration.ofSeconds(20));
      assertThat(server.root().resolve("a b.bin")).hasBinaryContent(data);
      byte[] back = new byte[3_000_000];
      ByteBuf all = Unpooled.wrappedBuffer(back).writerIndex(0);
      session.read(RemotePath.of("/a b.bin"), ByteRange.all()).doOnNext(b -> { all.writeBytes(b); b.release(); }).then().block(Duration.ofSeconds(20));
      assertThat(back).isEqualTo(data);
      System.out.println(session.list(RemotePath.root()).collectList().block(Duration.ofSeconds(20)));
      System.out.println(session.stat(RemotePath.of("/a b.bin")).block(Duration.ofSeconds(20)));
      long n = session.read(RemotePath.of("/a b.bin"), ByteRange.of(1_000_000, 500_000)).map(b -> { int l = b.readableBytes(); b.release(); return l; }).reduce(0, Integer::sum).block(Duration.ofSeconds(20));
      assertThat(n).isEqualTo(500_000);
      session.read(RemotePath.of("/a b.bin"), ByteRange.all()).map(b -> { int l = b.readableBytes(); b.release(); return l; }).take(1).blockLast(Duration.ofSeconds(20));
      session.keepAlive().block(Duration.ofSeconds(20));
      } catch (Throwable t) { t.printStackTrace(System.out); }
      session.close().block(Duration.ofSeconds(20));
    }
    }
  }
}
