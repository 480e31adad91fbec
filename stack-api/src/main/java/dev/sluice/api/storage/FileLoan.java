package dev.sluice.api.storage;

import java.nio.channels.FileChannel;

/**
 * The channel of an open file, lent to whoever sends from it past our buffers ({@code sendfile}).
 *
 * <p>It stays open until it is given back, whatever becomes of the handle meanwhile: the kernel
 * knows a file by a number, which the next file that is opened would get.
 */
public interface FileLoan extends AutoCloseable {

  /** Must not be closed, positioned or written. */
  FileChannel channel();

  /** Gives the channel back; the caller does so once. Never blocks. */
  @Override
  void close();
}
