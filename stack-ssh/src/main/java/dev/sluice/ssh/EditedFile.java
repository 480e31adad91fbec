package dev.sluice.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that people and other programs edit, such as known_hosts, authorized_keys and ssh_config.
 * Blocks: call it off the event loop.
 */
public final class EditedFile {
  /** More than any such file needs. A larger file is refused before memory is allocated. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private EditedFile() {}

  /**
   * The text of a file. Octets that are not UTF-8 are replaced: a comment in another encoding is no
   * reason to lose the lines around it.
   *
   * @throws IOException if it cannot be read or is larger than {@link #MAX_BYTES}
   */
  public static String text(Path file) throws IOException {
    return new String(octets(file), StandardCharsets.UTF_8);
  }

  /** The octets of a file, under the same bound. */
  public static byte[] octets(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_BYTES + 1);
      if (octets.length > MAX_BYTES) {
        throw new IOException(file + " is larger than " + MAX_BYTES + " octets");
      }
      return octets;
    }
  }
}
