package dev.sluice.cli.copy;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.place.ByteStreams;
import dev.sluice.cli.place.Causes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A stream on its way to a server. What fits into a small buffer can be sent again, in place, where
 * the server refuses a temporary name or the rename; a longer stream has one attempt.
 *
 * @param in what is sent; read to its end
 * @param options of the command
 * @param err where remarks go
 */
record InputUpload(InputStream in, TransferOptions options, PrintWriter err) {
  /** Octets that can be sent a second time. */
  private static final int REPEATED = 4 << 20;

  Mono<Void> to(FileOperations tree, RemotePath target) {
    return Causes.checkName(target)
        .then(Mono.defer(() -> send(tree, target)))
        .onErrorResume(FileFailure.class, refused -> Causes.ofMaking(tree, target, refused));
  }

  private Mono<Void> send(FileOperations tree, RemotePath target) {
    if (options.inPlace()) {
      return tree.write(target, WriteMode.inPlace(), ByteStreams.read(in));
    }
    return Mono.fromCallable(() -> in.readNBytes(REPEATED))
        .subscribeOn(Schedulers.boundedElastic())
        .onErrorMap(IOException.class, UncheckedIOException::new)
        .flatMap(head -> to(tree, target, head));
  }

  private Mono<Void> to(FileOperations tree, RemotePath target, byte[] head) {
    if (head.length == REPEATED) {
      InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), in);
      return tree.write(target, WriteMode.replace(), ByteStreams.read(all));
    }
    Flux<ByteBuf> content = Flux.defer(() -> Flux.just(Unpooled.wrappedBuffer(head)));
    return tree.write(target, WriteMode.replace(), content)
        .onErrorResume(
            FileFailure.class,
            refused ->
                AtomicRefusal.isIn(refused)
                    ? tree.write(target, WriteMode.inPlace(), content)
                        .doOnSuccess(done -> Outcome.writtenInPlace(target, refused, err))
                    : Mono.error(refused));
  }
}
