package dev.sluice.client.blocking;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of a server as a channel. A run of reads is one transfer that is read ahead; so is a run
 * of writes, which is committed when it ends. One thing at a time.
 */
final class RemoteChannel implements SeekableByteChannel {
  private static final int PIECE = 64 * 1024;

  /** A short way forward is read, and not sought. */
  private static final long SKIPPED = 256 * 1024;

  private final BlockingSession session;
  private final RemotePath file;
  private final boolean reads;
  private final boolean writes;
  private final boolean appends;

  /** How the next run of writes begins; null = at the position. */
  private @Nullable WriteMode first;

  private @Nullable InputStream in;
  private @Nullable RemoteOutput out;
  private long position;
  private long streamed;
  private boolean closed;

  private RemoteChannel(BlockingSession session, RemotePath file, Set<? extends OpenOption> how) {
    this.session = session;
    this.file = file;
    this.appends = how.contains(APPEND);
    this.writes = appends || how.contains(WRITE);
    this.reads = how.contains(READ) || !writes;
  }

  static RemoteChannel open(BlockingSession session, RemotePath file, Set<? extends OpenOption> how)
      throws IOException {
    if (how.contains(DELETE_ON_CLOSE)) {
      throw new UnsupportedOperationException("DELETE_ON_CLOSE is not offered");
    }
    if (how.contains(APPEND) && (how.contains(READ) || how.contains(TRUNCATE_EXISTING))) {
      throw new IllegalArgumentException("APPEND excludes READ and TRUNCATE_EXISTING");
    }
    RemoteChannel channel = new RemoteChannel(session, file, how);
    channel.begin(how);
    return channel;
  }

  /** What open(2) would report is reported now, and not at the first octet. */
  private void begin(Set<? extends OpenOption> how) throws IOException {
    if (!writes) {
      requireFile();
      return;
    }
    if (how.contains(CREATE_NEW)) {
      if (session.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      first = WriteMode.createNew();
    } else if (appends) {
      first = WriteMode.append();
    } else if (how.contains(TRUNCATE_EXISTING)) {
      first = WriteMode.replace();
    }
    boolean missing = how.contains(CREATE_NEW) || !isThere();
    if (missing && !how.contains(CREATE_NEW) && !how.contains(CREATE)) {
      throw new NoSuchFileException(file.toString());
    }
    if (missing && first == null) {
      first = WriteMode.replace();
    }
    if (first != null) {
      start(first);
    }
  }

  private boolean isThere() throws IOException {
    try {
      requireFile();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void requireFile() throws IOException {
    FileEntry entry = session.stat(file);
    if (entry.attributes().isDirectory()) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
  }

  private void start(WriteMode mode) {
    first = null;
    streamed = position;
    out = session.newOutputStream(file, mode);
  }

  @Override
  public synchronized int read(ByteBuffer into) throws IOException {
    requireOpen();
    if (!reads) {
      throw new NonReadableChannelException();
    }
    if (!into.hasRemaining()) {
      return 0;
    }
    endWriting();
    byte[] piece = new byte[Math.min(into.remaining(), PIECE)];
    int taken = atPosition().read(piece);
    if (taken < 0) {
      endReading();
      return -1;
    }
    into.put(piece, 0, taken);
    position += taken;
    streamed += taken;
    return taken;
  }

  private InputStream atPosition() throws IOException {
    InputStream open = in;
    if (open != null && position > streamed && position - streamed <= SKIPPED) {
      open.skipNBytes(position - streamed);
      streamed = position;
    }
    if (open == null || position != streamed) {
      endReading();
      if (position > size()) {
        open = InputStream.nullInputStream();
      } else {
        open = session.newInputStream(file, ByteRange.from(position));
      }
      in = open;
      streamed = position;
    }
    return open;
  }

  @Override
  public synchronized int write(ByteBuffer from) throws IOException {
    requireOpen();
    if (!writes) {
      throw new NonWritableChannelException();
    }
    endReading();
    if (out != null && position != streamed && !appends) {
      endWriting();
    }
    if (out == null) {
      start(appends ? WriteMode.append() : WriteMode.at(position));
    }
    int octets = from.remaining();
    byte[] piece = new byte[Math.min(octets, PIECE)];
    while (from.hasRemaining()) {
      int length = Math.min(piece.length, from.remaining());
      from.get(piece, 0, length);
      Objects.requireNonNull(out).write(piece, 0, length);
    }
    position += octets;
    streamed = position;
    return octets;
  }

  @Override
  public synchronized long position() throws IOException {
    requireOpen();
    return appends && position == 0 ? size() : position;
  }

  @Override
  public synchronized SeekableByteChannel position(long to) throws IOException {
    requireOpen();
    if (to < 0) {
      throw new IllegalArgumentException("negative position: " + to);
    }
    position = to;
    return this;
  }

  @Override
  public synchronized long size() throws IOException {
    requireOpen();
    endWriting();
    return session.stat(file).size();
  }

  @Override
  public synchronized SeekableByteChannel truncate(long size) throws IOException {
    requireOpen();
    if (!writes) {
      throw new NonWritableChannelException();
    }
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
    endReading();
    if (size < size()) {
      session.setAttributes(file, AttributeChange.none().withSize(size));
    }
    position = Math.min(position, size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      endReading();
      endWriting();
    }
  }

  private void endReading() throws IOException {
    if (in != null) {
      in.close();
      in = null;
    }
  }

  private void endWriting() throws IOException {
    RemoteOutput open = out;
    if (open != null) {
      out = null;
      open.close();
    }
  }

  private void requireOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
