package dev.sluice.client;

import dev.sluice.api.Discards;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.LimitExceeded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * Contents of files as what other code holds them in: bytes, text, streams of java.io. What may
 * wait is done on {@link IoScheduler}, never on an event loop.
 */
public final class Contents {
  private static final int CHUNK = 64 * 1024;

  /** Buffers that wait for a stream that is written to. */
  private static final int AHEAD = 4;

  private Contents() {}

  /** These octets, as often as it is subscribed to. Do not change them meanwhile. */
  public static Flux<ByteBuf> of(byte[] octets) {
    return Flux.defer(() -> Flux.just(Unpooled.wrappedBuffer(octets)));
  }

  /** This text, as often as it is subscribed to. */
  public static Flux<ByteBuf> of(String text, Charset charset) {
    return of(text.getBytes(charset));
  }

  /** A file of this machine, read anew with each subscription. */
  public static Flux<ByteBuf> of(Path file) {
    return from(() -> Files.newInputStream(file));
  }

  /**
   * The rest of a stream, once: a second subscription gets what the first one left. The stream is
   * closed at the end, after an error and when the subscriber cancels.
   */
  public static Flux<ByteBuf> of(InputStream stream) {
    return from(() -> stream);
  }

  /** As {@link #of(InputStream)}, with a new stream for each subscription. */
  public static Flux<ByteBuf> from(Callable<? extends InputStream> streams) {
    return Discards.released(
        Flux.<ByteBuf, InputStream>using(
                streams, stream -> Flux.generate(sink -> read(stream, sink)), Contents::close)
            .subscribeOn(IoScheduler.shared()));
  }

  /**
   * All octets of {@code content}, which are released here.
   *
   * @param most octets; more signal {@link LimitExceeded}, and the rest is not asked for
   */
  public static Mono<byte[]> bytes(Publisher<? extends ByteBuf> content, int most) {
    return Mono.using(
        Unpooled::buffer,
        whole ->
            Flux.from(content)
                .doOnNext(
                    part -> {
                      try (Released released = new Released(part)) {
                        append(whole, released.part(), most);
                      }
                    })
                .then(Mono.fromCallable(() -> ByteBufUtil.getBytes(whole))),
        ByteBuf::release);
  }

  /** As {@link #bytes}, as text. */
  public static Mono<String> text(Publisher<? extends ByteBuf> content, Charset charset, int most) {
    return bytes(content, most).map(octets -> new String(octets, charset));
  }

  /**
   * Writes {@code content} to a stream, which is flushed and stays open; the buffers are released.
   * No more is asked for than the stream takes. Signals the number of octets.
   */
  public static Mono<Long> into(Publisher<? extends ByteBuf> content, OutputStream stream) {
    return Discards.released(
        Flux.<ByteBuf>from(content)
            .publishOn(IoScheduler.shared(), AHEAD)
            .map(part -> write(part, stream))
            .reduce(0L, Long::sum)
            .doOnSuccess(octets -> flush(stream)));
  }

  private record Released(ByteBuf part) implements AutoCloseable {
    @Override
    public void close() {
      part.release();
    }
  }

  private static void append(ByteBuf whole, ByteBuf part, int most) {
    if (part.readableBytes() > most - whole.readableBytes()) {
      throw new LimitExceeded("a content of more than " + most + " octets, which the caller set");
    }
    whole.writeBytes(part);
  }

  private static void read(InputStream stream, SynchronousSink<ByteBuf> sink) {
    try {
      byte[] octets = new byte[CHUNK];
      int length = stream.read(octets);
      if (length < 0) {
        sink.complete();
      } else {
        sink.next(Unpooled.wrappedBuffer(octets, 0, length));
      }
    } catch (IOException e) {
      sink.error(e);
    }
  }

  private static long write(ByteBuf part, OutputStream stream) {
    try (Released released = new Released(part)) {
      int octets = released.part().readableBytes();
      released.part().readBytes(stream, octets);
      return octets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flush(OutputStream stream) {
    try {
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
