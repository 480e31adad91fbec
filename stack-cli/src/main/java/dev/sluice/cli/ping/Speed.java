package dev.sluice.cli.ping;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.cli.output.Units;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How fast octets move: a file of random octets is written, read and removed. */
public final class Speed {
  private static final int CHUNK = 64 << 10;

  private Speed() {}

  /**
   * One finding each way. The file is in the directory of the login, and is removed whatever
   * happens.
   *
   * @param octets of the file, 1 at least
   */
  public static Flux<Finding> of(FileSession session, long octets) {
    return session
        .home()
        .flatMapMany(
            home -> {
              RemotePath file = home.child(".sluice-ping-" + UUID.randomUUID());
              return Flux.usingWhen(
                  Mono.just(file),
                  name -> bothWays(session, name, octets),
                  name -> removed(session, name),
                  (name, failure) -> removed(session, name),
                  name -> removed(session, name));
            });
  }

  private static Flux<Finding> bothWays(FileSession session, RemotePath file, long octets) {
    Mono<Long> written =
        session.write(file, WriteMode.createNew(), content(octets)).thenReturn(octets);
    Mono<Long> read =
        session
            .read(file, ByteRange.all())
            .reduce(
                0L,
                (sum, piece) -> {
                  long more = sum + piece.readableBytes();
                  piece.release();
                  return more;
                });
    return Flux.concat(timed("upload", written), timed("download", read))
        .map(way -> way.finding(octets));
  }

  private static Mono<Void> removed(FileSession session, RemotePath file) {
    return session.deleteFile(file).onErrorComplete(); // it may not have come into being
  }

  /** Random, so that nothing on the way can compress it; the same chunk over and over. */
  private static Flux<ByteBuf> content(long octets) {
    byte[] chunk = new byte[CHUNK];
    new SplittableRandom().nextBytes(chunk);
    return Flux.generate(
        () -> octets,
        (left, sink) -> {
          if (left == 0) {
            sink.complete();
            return left;
          }
          int next = (int) Math.min(CHUNK, left);
          sink.next(Unpooled.wrappedBuffer(chunk, 0, next));
          return left - next;
        });
  }

  private static Mono<Way> timed(String name, Mono<Long> work) {
    return Mono.defer(
        () -> {
          long begun = System.nanoTime();
          return work.map(moved -> new Way(name, moved, System.nanoTime() - begun));
        });
  }

  private record Way(String name, long octets, long nanos) {
    Finding finding(long expected) {
      double seconds = Math.max(nanos, 1) / 1e9;
      String seen =
          String.format(
              Locale.ROOT,
              "%s/s (%s in %.1f s)",
              Units.octets(Math.round(octets / seconds)),
              Units.octets(octets),
              seconds);
      return octets == expected
          ? Finding.ok(name, seen)
          : Finding.failed(
              name,
              seen + ", but there should have been " + expected + " octets",
              "the server, or something on the way, changes files");
    }
  }
}
