package dev.sluice.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files with secrets. Blocks: not for event loops. */
public final class PrivateFile {
  private static final Set<PosixFilePermission> OWNERS =
      Set.copyOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private PrivateFile() {}

  /** Whether nobody but its owner can read or write it; true if the file system has no modes. */
  public static boolean isPrivate(Path file) throws IOException {
    return !file.getFileSystem().supportedFileAttributeViews().contains("posix")
        || OWNERS.containsAll(Files.getPosixFilePermissions(file));
  }

  /**
   * Refuses a file that others than its owner can read or write.
   *
   * @throws IOException naming the file, its mode and the remedy
   */
  public static void require(Path file, String holds) throws IOException {
    if (!isPrivate(file)) {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      throw new FileSystemException(
          file.toString(),
          null,
          "it holds %s and others can use it, its mode is %s; chmod 600 %s"
              .formatted(holds, mode, file));
    }
  }
}
