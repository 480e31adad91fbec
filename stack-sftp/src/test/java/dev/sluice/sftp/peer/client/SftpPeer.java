package dev.sluice.sftp.peer.client;

import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.client.SftpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** A real server that shows a directory as its root to one user. */
public interface SftpPeer extends AutoCloseable {

  /** One that knows the user and the server. */
  SftpClient client();

  /** The directory. */
  Path root();

  default SftpSession session() {
    return Objects.requireNonNull(client().connectSftp().block(Duration.ofSeconds(30)));
  }

  /** Removes all that is in it. */
  default void clear() {
    try (Stream<Path> files = Files.walk(root())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(root())) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void close();
}
