package dev.sluice.api.storage;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One login's view of a {@link Storage}. */
public interface StorageSession extends FileOperations {

  /** Opens a file; {@link #read} and {@link #write} rest on it. */
  Mono<FileHandle> open(RemotePath file, OpenMode mode);

  @Override
  default Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return Flux.usingWhen(
        open(file, OpenMode.READ), handle -> HandleStreams.read(handle, range), FileHandle::close);
  }

  @Override
  default Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return Mono.usingWhen(
        open(file, OpenMode.write(mode)),
        handle -> HandleStreams.write(handle, mode, content),
        FileHandle::close);
  }
}
