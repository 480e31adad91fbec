package dev.sluice.cli.place;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.cli.status.ClosedPipe;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Standard input and output as streams of buffers; blocking calls run on their own threads. */
public final class ByteStreams {
  private static final int CHUNK_OCTETS = 64 * 1024;

  /** The system's message for EPIPE. */
  private static final String BROKEN_PIPE = "Broken pipe";

  private ByteStreams() {}

  /** The octets of {@code in}, read on demand. */
  public static Flux<ByteBuf> read(InputStream in) {
    return Flux.<ByteBuf>generate(
            sink -> {
              try {
                byte[] octets = new byte[CHUNK_OCTETS];
                int count = in.read(octets);
                if (count < 0) {
                  sink.complete();
                } else {
                  sink.next(Unpooled.wrappedBuffer(octets, 0, count));
                }
              } catch (IOException e) {
                sink.error(
                    new FileFailure(FileError.IO_ERROR, "cannot read: " + e.getMessage(), e));
              }
            })
        .subscribeOn(Schedulers.boundedElastic());
  }

  /** Writes {@code content} to {@code out} and flushes it. */
  public static Mono<Void> write(Flux<ByteBuf> content, OutputStream out) {
    return content
        .concatMap(
            buffer ->
                Mono.<Void>fromRunnable(() -> write(buffer, out))
                    .subscribeOn(Schedulers.boundedElastic()),
            2)
        .doOnDiscard(ByteBuf.class, ReferenceCountUtil::safeRelease)
        .then();
  }

  /** A reader that has gone has seen enough: this is not reported as a failure. */
  private static void write(ByteBuf buffer, OutputStream out) {
    try {
      buffer.readBytes(out, buffer.readableBytes());
      out.flush();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains(BROKEN_PIPE)) {
        throw new ClosedPipe(e);
      }
      throw new FileFailure(FileError.IO_ERROR, "cannot write: " + e.getMessage(), e);
    } finally {
      buffer.release();
    }
  }
}
