package dev.sluice.client.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A channel after whose end something is left to do. */
record AttributedChannel(SeekableByteChannel inner, Ending ending) implements SeekableByteChannel {

  /** What is left to do. */
  interface Ending {
    void run() throws IOException;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return inner.read(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return inner.write(from);
  }

  @Override
  public long position() throws IOException {
    return inner.position();
  }

  @Override
  public SeekableByteChannel position(long to) throws IOException {
    inner.position(to);
    return this;
  }

  @Override
  public long size() throws IOException {
    return inner.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    inner.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public void close() throws IOException {
    boolean last = inner.isOpen();
    inner.close();
    if (last) {
      ending.run();
    }
  }
}
