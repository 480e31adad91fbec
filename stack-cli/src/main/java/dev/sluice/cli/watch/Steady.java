package dev.sluice.cli.watch;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import io.netty.buffer.ByteBuf;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
 * @param tree what is read
 * @param settle how long a file must stay the same
 */
record Steady(FileOperations tree, Duration settle) {
  private static final String GROWING = "is still being written";

  /** A file that was left alone for so many times {@link #settle} is not looked at twice. */
  private static final int LONG_AGO = 10;

  /** The tree with that rule; everything but reading is that of the tree. */
  static FileOperations of(FileOperations tree, Duration settle) {
    Steady steady = new Steady(tree, settle);
    Class<?> kind = tree instanceof FileSession ? FileSession.class : FileOperations.class;
    return (FileOperations)
        Proxy.newProxyInstance(
            Steady.class.getClassLoader(),
            new Class<?>[] {kind},
            (proxy, verb, values) -> {
              if (verb.getName().equals("read") && values.length == 2) {
                return steady.read((RemotePath) values[0], (ByteRange) values[1]);
              }
              try {
                return verb.invoke(tree, values);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Whether a file was not read since it is being written. */
  static boolean isGrowing(Throwable failure) {
    return failure instanceof FileFailure file && file.detail().equals(GROWING);
  }

  private Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return settled(file)
        .flatMapMany(
            before ->
                tree.read(file, range)
                    .concatWith(
                        Mono.defer(() -> tree.stat(file))
                            .flatMap(after -> same(before, after) ? Mono.empty() : growing(file))));
  }

  private Mono<FileEntry> settled(RemotePath file) {
    return tree.stat(file)
        .flatMap(
            first ->
                isOld(first.attributes().modified())
                    ? Mono.just(first)
                    : Mono.delay(settle)
                        .then(Mono.defer(() -> tree.stat(file)))
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
}
