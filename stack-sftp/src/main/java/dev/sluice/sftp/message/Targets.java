package dev.sluice.sftp.message;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file by its name or by its handle. */
final class Targets {
  private Targets() {}

  static void write(ByteBuf out, @Nullable String path, @Nullable SftpHandle handle) {
    if (path != null) {
      Text.write(out, path);
    } else {
      Objects.requireNonNull(handle, "handle").write(out);
    }
  }
}
