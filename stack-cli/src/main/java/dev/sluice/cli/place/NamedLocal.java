package dev.sluice.cli.place;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileContent;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The files of this machine, whose failures are called local and name the whole path.
 *
 * @param inner the tree
 * @param directory what its root is called here
 */
record NamedLocal(StorageSession inner, Path directory) implements ForwardingSession {

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return inner.stat(path).onErrorMap(failure -> named(failure, path));
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return inner.lstat(path).onErrorMap(failure -> named(failure, path));
  }

  @Override
  public Flux<FileEntry> list(RemotePath path) {
    return inner.list(path).onErrorMap(failure -> named(failure, path));
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return inner.open(file, mode).onErrorMap(failure -> named(failure, file));
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return FileContent.of(open(file, OpenMode.READ), range);
  }

  /** What fails at the other end passes as it is. */
  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return write(file, mode, content, AttributeChange.none());
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    Flux<ByteBuf> marked = Flux.<ByteBuf>from(content).onErrorMap(FromElsewhere::new);
    return inner
        .write(file, mode, marked, attributes)
        .onErrorMap(failure -> named(failure, file))
        .onErrorMap(FromElsewhere.class, FromElsewhere::getCause);
  }

  @Override
  public Mono<Void> createDirectory(RemotePath path) {
    return inner.createDirectory(path).onErrorMap(failure -> named(failure, path));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return inner.rename(from, to).onErrorMap(failure -> named(failure, to));
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return inner.setAttributes(path, change).onErrorMap(failure -> named(failure, path));
  }

  private Throwable named(Throwable failure, RemotePath path) {
    return failure instanceof FileFailure refused ? named(refused, path) : reached(failure);
  }

  /** A local disk that has gone is not a session that could begin again. */
  static Throwable reached(Throwable failure) {
    return failure instanceof StorageUnavailable gone
        ? new FileFailure(FileError.IO_ERROR, "cannot use " + gone.why() + " on this machine", gone)
        : failure;
  }

  private FileFailure named(FileFailure failure, RemotePath path) {
    String place = directory.resolve(path.toString().substring(1)).toString();
    return new FileFailure(
        failure.error(), "local " + RawName.escape(place) + ": " + failure.detail(), failure);
  }

  /** A failure of the content, on its way through the writing. */
  private static final class FromElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FromElsewhere(Throwable cause) {
      super(cause);
    }

    @Override
    public synchronized Throwable getCause() {
      Throwable cause = super.getCause();
      return cause == null ? this : cause;
    }
  }
}
