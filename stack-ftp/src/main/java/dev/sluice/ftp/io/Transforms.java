package dev.sluice.ftp.io;

import dev.sluice.ftp.transfer.OctetTransform;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs a stream of octets through an {@link OctetTransform}. */
public final class Transforms {
  private Transforms() {}

  /** {@code octets} as {@code transform} changes them; one instance for each subscriber. */
  public static Flux<ByteBuf> through(Flux<ByteBuf> octets, Supplier<OctetTransform> transform) {
    return Flux.using(
        transform::get,
        step ->
            octets
                .map(step::apply)
                .concatWith(Mono.fromSupplier(step::finish))
                .handle(
                    (changed, sink) -> {
                      if (changed.isReadable()) {
                        sink.next(changed);
                      } else {
                        changed.release();
                      }
                    }),
        OctetTransform::close);
  }
}
