package dev.sluice.ssh;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What OpenSSH's {@code StrictModes} demands of files that a login depends on. If the file system
 * has no modes, nothing is demanded. Blocks: call it off the event loop.
 */
public final class StrictModes {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final int STICKY = 01000;

  private StrictModes() {}

  /**
   * Refuses a private key that users other than its owner can read or write. As in OpenSSH, a key
   * that belongs to another user is for that user to protect.
   *
   * @throws IOException naming the file, its mode, and the remedy
   */
  public static void requirePrivate(Path key) throws IOException {
    if (hasModes(key) && isOurs(key) && !OWNERS.containsAll(modes(key))) {
      throw refusal(key, "others can use this private key; chmod 600 " + key);
    }
  }

  /**
   * Refuses a file that users other than its owner can change, directly or through its directory.
   *
   * @throws IOException naming the file or directory that has the mode, and the remedy
   */
  public static void requireUnshared(Path file) throws IOException {
    if (!hasModes(file)) {
      return;
    }
    if (isSharedForWriting(file)) {
      throw refusal(file, "others can change it; chmod go-w " + file);
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && isSharedForWriting(directory) && !isSticky(directory)) {
      throw refusal(directory, "others can replace what is in it; chmod go-w " + directory);
    }
  }

  private static FileSystemException refusal(Path file, String why) throws IOException {
    String mode = PosixFilePermissions.toString(modes(file));
    return new FileSystemException(file.toString(), null, "its mode is " + mode + ": " + why);
  }

  private static boolean hasModes(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static boolean isOurs(Path file) throws IOException {
    return Files.getOwner(file).getName().equals(System.getProperty("user.name"));
  }

  private static boolean isSharedForWriting(Path file) throws IOException {
    Set<PosixFilePermission> modes = modes(file);
    return modes.contains(PosixFilePermission.GROUP_WRITE)
        || modes.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static boolean isSticky(Path directory) throws IOException {
    return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
        && ((Integer) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
  }

  private static Set<PosixFilePermission> modes(Path file) throws IOException {
    return Files.getPosixFilePermissions(file);
  }
}
