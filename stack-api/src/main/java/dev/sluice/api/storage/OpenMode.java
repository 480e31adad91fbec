package dev.sluice.api.storage;

import dev.sluice.api.WriteMode;
import org.jspecify.annotations.Nullable;

/**
 * How a file is opened.
 *
 * @param read whether {@link FileHandle#read} works
 * @param write how the file is written; null = not at all
 */
public record OpenMode(boolean read, @Nullable WriteMode write) {
  /** Read only. */
  public static final OpenMode READ = new OpenMode(true, null);

  public OpenMode {
    if (!read && write == null) {
      throw new IllegalArgumentException("neither read nor write");
    }
  }

  /** Write only. */
  public static OpenMode write(WriteMode mode) {
    return new OpenMode(false, mode);
  }

  /** Read what is there, and write. */
  public static OpenMode readWrite(WriteMode mode) {
    return new OpenMode(true, mode);
  }
}
