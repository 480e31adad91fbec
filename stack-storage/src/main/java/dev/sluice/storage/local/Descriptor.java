package dev.sluice.storage.local;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An open directory with several users; the last user to release it closes it. */
final class Descriptor {
  private final SecureDirectoryStream<Path> stream;
  private final @Nullable Object key;
  private final AtomicInteger uses = new AtomicInteger(1);

  private Descriptor(SecureDirectoryStream<Path> stream, @Nullable Object key) {
    this.stream = stream;
    this.key = key;
  }

  /** A descriptor that the caller uses and then releases. */
  static Descriptor of(SecureDirectoryStream<Path> stream) throws IOException {
    try {
      BasicFileAttributeView own = stream.getFileAttributeView(BasicFileAttributeView.class);
      return new Descriptor(stream, own == null ? null : own.readAttributes().fileKey());
    } catch (IOException | RuntimeException e) {
      Quietly.close(stream);
      throw e;
    }
  }

  SecureDirectoryStream<Path> stream() {
    return stream;
  }

  /** The identity of the directory: no other directory has it as long as this is open. */
  @Nullable Object key() {
    return key;
  }

  /** Adds a user. Call this only while you are a user yourself. */
  Descriptor share() {
    uses.incrementAndGet();
    return this;
  }

  void release() {
    if (uses.decrementAndGet() == 0) {
      Quietly.close(stream);
    }
  }
}
