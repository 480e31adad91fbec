package dev.sluice.testing;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the tests do with a client: each call is a session. */
final class Sessions {
  static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int PIECE = 32 * 1024;

  private Sessions() {}

  static <T> T in(FileClient client, Function<FileSession, Mono<T>> work) {
    return Mono.usingWhen(client.connect(), work, FileSession::close).block(LIMIT);
  }

  static void write(FileClient client, String file, int octets) {
    in(client, session -> write(session, file, octets).thenReturn(true));
  }

  static Mono<Void> write(FileSession session, String file, int octets) {
    return session.write(RemotePath.of(file), WriteMode.inPlace(), content(octets));
  }

  /** How many octets a file has, all of them read. */
  static long read(FileClient client, String file) {
    return in(client, session -> read(session, file));
  }

  static Mono<Long> read(FileSession session, String file) {
    return session
        .read(RemotePath.of(file), ByteRange.all())
        .map(Sessions::released)
        .reduce(0L, Long::sum);
  }

  private static long released(ByteBuf part) {
    int octets = part.readableBytes();
    part.release();
    return octets;
  }

  private static Flux<ByteBuf> content(int octets) {
    return Flux.range(0, (octets + PIECE - 1) / PIECE)
        .map(i -> Unpooled.wrappedBuffer(new byte[Math.min(PIECE, octets - i * PIECE)]));
  }
}
