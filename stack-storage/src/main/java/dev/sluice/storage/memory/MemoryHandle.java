package dev.sluice.storage.memory;

import dev.sluice.api.Discards;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** An open file; holds its content, so it stays readable if the file is deleted or replaced. */
final class MemoryHandle implements FileHandle {
  private final Tree tree;
  private final RemotePath path;
  private final Node file;
  private final Content content;
  private final @Nullable WriteMode mode;
  private final @Nullable Spot place;
  private final AtomicBoolean closed = new AtomicBoolean();
  private boolean committed;

  private MemoryHandle(
      Tree tree, RemotePath path, Node file, @Nullable WriteMode mode, @Nullable Spot place) {
    this.tree = tree;
    this.path = path;
    this.file = file;
    this.content = Objects.requireNonNull(file.content, "not a file").hold();
    this.mode = mode;
    this.place = place;
  }

  /** A file under its name. */
  static MemoryHandle of(Tree tree, RemotePath path, Node file, @Nullable WriteMode mode) {
    return new MemoryHandle(tree, path, file, mode, null);
  }

  /** A file without a name, which {@link #commit} puts at {@code place}. */
  static MemoryHandle aside(Tree tree, RemotePath path, Node file, WriteMode mode, Spot place) {
    return new MemoryHandle(tree, path, file, mode, place);
  }

  @Override
  public Mono<FileAttributes> stat() {
    return Mono.fromCallable(
        () -> {
          checkOpen();
          synchronized (tree) {
            return file.attributes();
          }
        });
  }

  @Override
  public Mono<ByteBuf> read(long position, int length) {
    return Discards.released(
        Mono.fromCallable(
            () -> {
              checkOpen();
              return content.read(position, length);
            }));
  }

  @Override
  public Mono<Void> write(long position, ByteBuf octets) {
    // Not fromRunnable: cancelled early it would not run, and the buffer would be lost.
    return Mono.defer(
        () -> {
          try {
            checkOpen();
            if (mode instanceof WriteMode.Append) {
              content.append(octets);
            } else {
              content.write(position, octets);
            }
            touch();
          } finally {
            octets.release();
          }
          return Mono.empty();
        });
  }

  @Override
  public Mono<Void> truncate(long size) {
    return Mono.fromRunnable(
        () -> {
          checkOpen();
          content.resize(size);
          touch();
        });
  }

  @Override
  public Mono<Void> sync() {
    return Mono.fromRunnable(this::checkOpen);
  }

  @Override
  public Mono<Void> commit() {
    return Mono.fromRunnable(
        () -> {
          checkOpen();
          synchronized (tree) {
            commitLocked();
          }
        });
  }

  @Override
  public Mono<Void> close() {
    return Mono.fromRunnable(
        () -> {
          if (closed.compareAndSet(false, true)) {
            content.letGo();
            synchronized (tree) {
              if (place != null && !committed) {
                content.letGo();
              }
            }
          }
        });
  }

  private void commitLocked() {
    if (place == null || committed) {
      return;
    }
    if (mode instanceof WriteMode.CreateNew) {
      tree.add(path, place, file);
    } else {
      tree.replace(path, place, file);
    }
    committed = true;
  }

  private void touch() {
    synchronized (tree) {
      file.touch();
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new FileFailure(FileError.INTERRUPTED, path, "closed while in use");
    }
  }
}
