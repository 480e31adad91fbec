package dev.sluice.cli.key;

import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The two files of a key. The private one is readable by its owner only from its first octet on,
 * and has its name only when it is whole.
 *
 * @param file the private key; the public one has {@code .pub} at its end
 * @param replaced whether files that are there are replaced
 */
public record NewKeyFile(Path file, boolean replaced) {

  /** {@link UsageError} where there is a file that must stay. */
  public void requireFree() {
    for (Path each : new Path[] {file, publicFile()}) {
      if (!replaced && Files.exists(each)) {
        throw new UsageError(
            each + " is there already; choose another name, or replace it with --force");
      }
    }
  }

  public Path publicFile() {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  /** Writes both. */
  public void write(String privateText, String publicText) {
    try {
      write(file, privateText, "rw-------");
      write(publicFile(), publicText, "rw-r--r--");
    } catch (FileAlreadyExistsException e) {
      throw new UsageError(e.getFile() + " is there already; replace it with --force");
    } catch (IOException e) {
      throw new UsageError("cannot write the key: " + PlainWords.of(e));
    }
  }

  private void write(Path target, String text, String mode) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(directory, ".key", ".part", mode(target, mode));
    try {
      Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
      if (replaced) {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.createLink(target, temporary);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static FileAttribute<?>[] mode(Path file, String mode) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
