package dev.sluice.api.storage;

import java.nio.channels.FileChannel;

/**
 * The channel of an open file, lent to code that sends from it without our buffers ({@code
 * sendfile}).
 *
 * <p>It stays open until it is returned, even if the handle is closed first: the kernel knows a
 * file by a number, and the next file that is opened would get the same number.
 */
public interface FileLoan extends AutoCloseable {

  /** Must not be closed, positioned or written. */
  FileChannel channel();

  /** Returns the channel; call it once. Never blocks. */
  @Override
  void close();
}
