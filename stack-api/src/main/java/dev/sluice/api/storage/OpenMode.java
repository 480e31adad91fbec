package dev.sluice.api.storage;

import dev.sluice.api.WriteMode;
import org.jspecify.annotations.Nullable;

/**
 * How a file is opened.
 *
 * @param read whether {@link FileHandle#read} works
 * @param write how the file is written; null = not at all
 * @param permissions POSIX mode bits of a file that this creates, if the storage keeps them; octal
 *     0 to 777, with the umask of the process applied; null = the storage's default
 */
public record OpenMode(boolean read, @Nullable WriteMode write, @Nullable Integer permissions) {
  /** Read only. */
  public static final OpenMode READ = new OpenMode(true, null, null);

  public OpenMode {
    if (!read && write == null) {
      throw new IllegalArgumentException("neither read nor write");
    }
    if (permissions != null && (permissions < 0 || permissions > 0777)) {
      throw new IllegalArgumentException("permissions: " + Integer.toOctalString(permissions));
    }
  }

  /** Write only. */
  public static OpenMode write(WriteMode mode) {
    return new OpenMode(false, mode, null);
  }

  /** Read the existing content, and write. */
  public static OpenMode readWrite(WriteMode mode) {
    return new OpenMode(true, mode, null);
  }

  /** This mode with another way of writing. */
  public OpenMode withWrite(WriteMode mode) {
    return new OpenMode(read, mode, permissions);
  }

  /** This mode with these permissions for a file that it creates. */
  public OpenMode withPermissions(int mode) {
    return new OpenMode(read, write, mode);
  }
}
