package dev.sluice.api.storage;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One login's view of a {@link Storage}. */
public interface StorageSession extends FileOperations {

  /** Opens a file; {@link #read} and {@link #write} use it. */
  Mono<FileHandle> open(RemotePath file, OpenMode mode);

  /**
   * Gives a file or directory another name, which must be free: {@link FileError#ALREADY_EXISTS} if
   * it is not. If two callers want the same name for a file, only one gets it, provided that the
   * tree can ensure that; this implementation looks first, and then renames.
   */
  default Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return lstat(to)
        .flatMap(
            taken ->
                Mono.<Void>error(
                    () -> new FileFailure(FileError.ALREADY_EXISTS, to, "exists already")))
        .onErrorResume(
            failure ->
                failure instanceof FileFailure refused && refused.error() == FileError.NOT_FOUND,
            free -> rename(from, to));
  }

  /**
   * As {@link #setAttributes}, for a symbolic link itself; its target is unchanged. Signals {@link
   * FileError#UNSUPPORTED} for attributes that cannot be set on a link.
   */
  default Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return Mono.error(
        () -> new FileFailure(FileError.UNSUPPORTED, link, "a link has no attributes of its own"));
  }

  @Override
  default Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return FileContent.of(open(file, OpenMode.READ), range);
  }

  @Override
  default Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return Mono.usingWhen(
        open(file, OpenMode.write(mode)),
        handle -> HandleStreams.write(handle, mode, content),
        FileHandle::close);
  }
}
