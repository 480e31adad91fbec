package dev.sluice.storage.local;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.AttributesRefused;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.FileLoan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** An {@link OpenFile} whose blocking calls run on the I/O scheduler. */
final class LocalFileHandle implements FileHandle {
  /** Octets of the largest answer to one read; the caller requests more again. */
  static final int MAX_READ_OCTETS = 1024 * 1024;

  private final OpenFile file;
  private final RemotePath path;
  private final LocalAttributes attributes;
  private final BasicFileAttributes opened;
  private final Scheduler io;
  private final boolean fsync;
  private final AttributeChange last;
  private volatile @Nullable TransferException refused;

  /**
   * @param last attributes to set after the file is written, before it gets its name
   */
  LocalFileHandle(
      OpenFile file,
      RemotePath path,
      LocalAttributes attributes,
      Scheduler io,
      boolean fsync,
      AttributeChange last)
      throws IOException {
    this.last = last;
    this.file = file;
    this.path = path;
    this.attributes = attributes;
    this.io = io;
    this.fsync = fsync;
    this.opened = file.asOpened();
  }

  @Override
  public Mono<FileAttributes> stat() {
    return BlockingCall.of(io, path, this::attributesNow);
  }

  @Override
  public Mono<ByteBuf> read(long position, int length) {
    return new BlockingCall<>(
        io, path, () -> readNow(position, length), ByteBuf::release, () -> {});
  }

  @Override
  public Flux<ByteBuf> read(ByteRange range) {
    return new ReadAhead(this, range, io);
  }

  @Override
  public Mono<Void> write(long position, ByteBuf content) {
    return new BlockingCall<>(
        io,
        path,
        () -> {
          file.write(position, content);
          return null;
        },
        nothing -> {},
        content::release);
  }

  @Override
  public Mono<Void> truncate(long size) {
    return BlockingCall.run(io, path, () -> file.truncate(size));
  }

  @Override
  public Mono<Void> sync() {
    return BlockingCall.run(io, path, () -> file.channel().force(true));
  }

  @Override
  public Mono<Void> commit() {
    return BlockingCall.run(io, path, this::commitNow);
  }

  @Override
  public Mono<Void> close() {
    return BlockingCall.release(io, path, file::close);
  }

  @Override
  public boolean lends() {
    return true;
  }

  @Override
  public Optional<FileLoan> lend() {
    return file.borrow() ? Optional.of(new Loan()) : Optional.empty();
  }

  OpenFile file() {
    return file;
  }

  RemotePath path() {
    return path;
  }

  void commitNow() throws IOException {
    if (!last.equals(AttributeChange.none())) {
      try {
        file.apply(last);
      } catch (IOException | RuntimeException e) {
        refused = FileErrors.of(path, e);
      }
    }
    file.commit(fsync);
  }

  /** Signals, after the commit, that the attributes could not be set. */
  Mono<Void> attributesSet() {
    TransferException why = refused;
    return why == null
        ? Mono.empty()
        : Mono.error(
            why instanceof FileFailure failure ? new AttributesRefused(path, failure) : why);
  }

  /** Up to {@code length} octets; null at the end of the file. Blocks. */
  @Nullable ByteBuf readNow(long position, int length) throws IOException {
    int most = Math.min(length, MAX_READ_OCTETS);
    ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(most, most);
    try {
      // Not buffer.writeBytes: a channel that was closed concurrently would read as the end of the
      // file.
      int octets = file.reader().read(buffer.internalNioBuffer(0, most), position);
      return octets > 0 ? buffer.writerIndex(octets).retain() : null;
    } finally {
      buffer.release();
    }
  }

  /** The identity shows whether the file has since been moved or replaced under its name. */
  private FileAttributes attributesNow() throws IOException {
    long size = file.channel().size();
    Place place = file.whereabouts();
    BasicFileAttributes now;
    try {
      now = place.attributes();
    } catch (IOException e) {
      now = opened;
    }
    boolean same = Objects.equals(now.fileKey(), opened.fileKey());
    return attributes.of(place, same ? now : opened).withSize(size);
  }

  /** Returned on an event loop, which does not wait for the file to be closed. */
  private final class Loan implements FileLoan {
    @Override
    public FileChannel channel() {
      return file.reader();
    }

    @Override
    public void close() {
      if (file.giveBack()) {
        BlockingCall.release(io, path, file::closeNow).subscribe();
      }
    }
  }
}
