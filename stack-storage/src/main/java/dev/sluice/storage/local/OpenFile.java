package dev.sluice.storage.local;

import dev.sluice.api.AttributeChange;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An open file and how it gets its name. Every method blocks. Safe for use by many threads. */
final class OpenFile implements AutoCloseable {
  private final Place place;
  private final FileChannel channel;
  private final @Nullable FileChannel reader;
  private final @Nullable Path temporary;
  private final @Nullable BasicFileAttributes found;
  private final boolean mustBeFree;
  private final boolean append;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger users = new AtomicInteger(1); // the handle, and borrowers
  private volatile boolean committed;
  private volatile Runnable afterClose = () -> {};

  private OpenFile(
      Place place,
      FileChannel channel,
      @Nullable FileChannel reader,
      @Nullable Path temporary,
      @Nullable BasicFileAttributes found,
      boolean mustBeFree,
      boolean append) {
    this.place = place;
    this.channel = channel;
    this.reader = reader;
    this.temporary = temporary;
    this.found = found;
    this.mustBeFree = mustBeFree;
    this.append = append;
  }

  /** A file that is only read, and its attributes. */
  static OpenFile reading(Place place, FileChannel channel, BasicFileAttributes found) {
    return new OpenFile(place, channel, null, null, found, false, false);
  }

  /**
   * A file under its own name, to be written.
   *
   * @param position where a stream of writes begins
   */
  static OpenFile inPlace(Place place, FileChannel channel, long position) throws IOException {
    channel.position(position);
    return new OpenFile(place, channel, null, null, null, false, false);
  }

  static OpenFile appending(Place place, FileChannel channel, @Nullable FileChannel reader) {
    return new OpenFile(place, channel, reader, null, null, false, true);
  }

  /** A file under a temporary name until {@link #commit}. */
  static OpenFile aside(Place place, FileChannel channel, Path temporary, boolean mustBeFree) {
    TemporaryNames.use(temporary);
    return new OpenFile(place, channel, null, temporary, null, mustBeFree, false);
  }

  void onClose(Runnable action) {
    afterClose = action;
  }

  FileChannel channel() {
    return channel;
  }

  /** The channel to read from. */
  FileChannel reader() {
    return reader == null ? channel : reader;
  }

  /** The attributes of the file when it was opened; valid only before it can have changed. */
  BasicFileAttributes asOpened() throws IOException {
    return found == null ? whereabouts().attributes() : found;
  }

  /** The current place of the file. */
  Place whereabouts() {
    return temporary == null || committed ? place : new Place(place.directory(), temporary);
  }

  @Nullable PosixFileAttributeView temporaryView() {
    return place.directory().view(temporary, PosixFileAttributeView.class);
  }

  /** Writes all readable octets, at the end if appending. The buffer stays the caller's. */
  void write(long position, ByteBuf content) throws IOException {
    checkOpen();
    long at = position;
    for (ByteBuffer part : content.nioBuffers()) {
      while (part.hasRemaining()) {
        at += append ? channel.write(part) : channel.write(part, at);
      }
    }
  }

  /** Writes all buffers after the last write. They stay the caller's. */
  void writeNext(List<ByteBuf> contents) throws IOException {
    checkOpen();
    List<ByteBuffer> parts = new ArrayList<>(contents.size());
    for (ByteBuf content : contents) {
      parts.addAll(List.of(content.nioBuffers()));
    }
    ByteBuffer[] all = parts.toArray(ByteBuffer[]::new);
    for (int first = 0; first < all.length; ) {
      channel.write(all, first, all.length - first);
      while (first < all.length && !all[first].hasRemaining()) {
        first++;
      }
    }
  }

  /** Sets attributes of the file, wherever it is now. */
  void apply(AttributeChange change) throws IOException {
    checkOpen();
    AttributeWriter.apply(new Place(place.directory(), whereabouts().name()), change);
  }

  void truncate(long size) throws IOException {
    checkOpen();
    AttributeWriter.resize(channel, size);
  }

  /**
   * Gives the file its name.
   *
   * @param force whether to force octets and name to the disk
   */
  synchronized void commit(boolean force) throws IOException {
    checkOpen();
    if (force) {
      channel.force(true);
    }
    if (temporary == null || committed) {
      return;
    }
    Place from = new Place(place.directory(), temporary);
    if (mustBeFree) {
      Renames.claimed(from, place);
    } else {
      Renames.replacing(from, place);
    }
    committed = true;
    if (force) {
      forceName();
    }
  }

  /** Lets a borrower use {@link #reader}, unless the file is closed. */
  boolean borrow() {
    return !closed.get() && users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  /** Whether the file was closed in the meantime, so the borrower must call {@link #closeNow}. */
  boolean giveBack() {
    return users.decrementAndGet() == 0;
  }

  /** Discards data that is not committed. The channels stay open as long as they are borrowed. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true) && users.decrementAndGet() == 0) {
      closeNow();
    }
  }

  void closeNow() {
    Quietly.close(channel);
    if (reader != null) {
      Quietly.close(reader);
    }
    discard();
    if (temporary != null) {
      TemporaryNames.free(temporary);
    }
    place.close();
    afterClose.run();
  }

  private synchronized void discard() {
    if (temporary != null && !committed) {
      Quietly.run(() -> place.directory().deleteFile(temporary));
    }
  }

  private void forceName() throws IOException {
    try (FileChannel directory =
        FileChannel.open(place.directory().path(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private void checkOpen() throws IOException {
    if (closed.get()) {
      throw new java.nio.channels.ClosedChannelException();
    }
  }
}
