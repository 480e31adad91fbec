package dev.sluice.ftp.client;

import dev.sluice.ftp.InflateLimit;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.io.Transforms;
import dev.sluice.ftp.transfer.Coding;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What happens to the octets of a file on their way to and from the wire. */
final class Octets {
  private Octets() {}

  /** From the data connection to the caller. */
  static Flux<ByteBuf> decode(Flux<ByteBuf> wire, TransferFormat format, InflateLimit limit) {
    return format.isPlain() ? wire : Transforms.through(wire, () -> Coding.decoder(format, limit));
  }

  /** From the caller to the data connection. */
  static Publisher<? extends ByteBuf> encode(
      Publisher<? extends ByteBuf> content, TransferFormat format) {
    return format.isPlain()
        ? content
        : Transforms.through(Flux.from(content), () -> Coding.encoder(format));
  }

  /** No more than {@code octets} octets; then the source is cancelled. */
  static Flux<ByteBuf> limit(Flux<ByteBuf> source, long octets) {
    return Flux.defer(
        () -> {
          long[] left = {octets};
          return source
              .map(
                  buffer -> {
                    if (buffer.readableBytes() > left[0]) {
                      buffer.writerIndex(buffer.readerIndex() + (int) left[0]);
                    }
                    left[0] -= buffer.readableBytes();
                    return buffer;
                  })
              .takeUntil(buffer -> left[0] == 0);
        });
  }
}
