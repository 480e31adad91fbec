package dev.sluice.cli.watch;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionInfo;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A tree whose files are read only while nobody writes to them: a file that was changed lately must
 * look the same twice, and after it was read as before. So no half of a file gets a final name.
 *
 * @param inner what is read
 * @param settle how long a file must stay the same
 */
record Steady(FileOperations inner, Duration settle) implements ForwardingFiles {
  private static final String GROWING = "is still being written";

  /** A file that was left alone for so many times {@link #settle} is not looked at twice. */
  private static final int LONG_AGO = 10;

  /** The tree with that rule; a session stays one. */
  static FileOperations of(FileOperations tree, Duration settle) {
    Steady steady = new Steady(tree, settle);
    return tree instanceof FileSession session ? new SteadySession(session, steady) : steady;
  }

  /** Whether a file was not read since it is being written. */
  static boolean isGrowing(Throwable failure) {
    return failure instanceof FileFailure file && file.detail().equals(GROWING);
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return settled(file)
        .flatMapMany(
            before ->
                inner
                    .read(file, range)
                    .concatWith(
                        Mono.defer(() -> inner.stat(file))
                            .flatMap(after -> same(before, after) ? Mono.empty() : growing(file))));
  }

  private Mono<FileEntry> settled(RemotePath file) {
    return inner
        .stat(file)
        .flatMap(
            first ->
                isOld(first.attributes().modified())
                    ? Mono.just(first)
                    : Mono.delay(settle)
                        .then(Mono.defer(() -> inner.stat(file)))
                        .flatMap(then -> same(first, then) ? Mono.just(then) : growing(file)));
  }

  private boolean isOld(@Nullable Instant modified) {
    return modified != null
        && modified.isBefore(Instant.now().minus(settle.multipliedBy(LONG_AGO)));
  }

  private static boolean same(FileEntry one, FileEntry other) {
    FileAttributes first = one.attributes();
    FileAttributes then = other.attributes();
    return first.size() == then.size() && Objects.equals(first.modified(), then.modified());
  }

  private static <T> Mono<T> growing(RemotePath file) {
    return Mono.error(() -> new FileFailure(FileError.IO_ERROR, file, GROWING));
  }

  /**
   * The same for a session.
   *
   * @param inner the session
   * @param files its files, with the rule
   */
  private record SteadySession(FileSession inner, Steady files)
      implements ForwardingFiles, FileSession {
    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      return files.read(file, range);
    }

    @Override
    public Mono<RemotePath> home() {
      return inner.home();
    }

    @Override
    public SessionInfo info() {
      return inner.info();
    }

    @Override
    public Mono<Void> onClosed() {
      return inner.onClosed();
    }
  }
}
