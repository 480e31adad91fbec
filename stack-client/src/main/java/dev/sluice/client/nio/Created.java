package dev.sluice.client.nio;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.attribute.FileAttribute;

/** Attributes of what was created: set afterwards, as a server may have no other way. */
final class Created {
  private Created() {}

  static void set(ServerPath path, FileAttribute<?>... attributes) throws IOException {
    for (FileAttribute<?> each : attributes) {
      if (!each.name().equals("posix:permissions")) {
        throw new UnsupportedOperationException(each.name() + " cannot be set at creation");
      }
      new ServerAttributeView(path, true).setPermissions(AttributeName.permissions(each.value()));
    }
  }

  /** The file has its name when the channel is closed. */
  static SeekableByteChannel with(
      SeekableByteChannel channel, ServerPath file, FileAttribute<?>... attributes) {
    return new AttributedChannel(channel, () -> set(file, attributes));
  }
}
