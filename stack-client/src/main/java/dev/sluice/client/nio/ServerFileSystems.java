package dev.sluice.client.nio;

import dev.sluice.client.RemoteClient;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.pool.PoolOptions;
import java.nio.file.FileSystem;

/**
 * Servers as file systems of java.nio.file, for threads that may wait: {@code Files.walk}, {@code
 * Files.copy} and all that takes a path. Each is over a pool of sessions and is to be closed.
 *
 * <p>{@code FileSystems.newFileSystem(URI, Map)} opens one for {@code sftp:}, {@code ftp:}, {@code
 * ftpes:} and {@code ftps:}. Its map may hold {@code user} (String), {@code password} (String or
 * char[]), {@code keyFile} (Path), {@code passphrase} (char[]), {@code knownHosts} and {@code
 * trust} (Path), {@code pool} ({@link PoolOptions}), {@code waits} ({@link BlockingOptions}), and
 * {@code settings}, an {@code UnaryOperator} of {@link
 * dev.sluice.transport.connect.ClientSettings}, which comes last. Another key is an error.
 *
 * <p>Attributes that a server does not report are the epoch or 0, and permissions then throw {@link
 * UnsupportedOperationException}. Files have their name when the stream or the channel is closed.
 */
public final class ServerFileSystems {
  private ServerFileSystems() {}

  /** A file system that {@code FileSystems.getFileSystem} does not know. */
  public static FileSystem of(RemoteClient client, PoolOptions pool, BlockingOptions waits) {
    ServerFileSystemProvider provider =
        switch (client.place().scheme()) {
          case "sftp" -> new SftpFileSystemProvider();
          case "ftp" -> new FtpFileSystemProvider();
          case "ftpes" -> new FtpesFileSystemProvider();
          case "ftps" -> new FtpsFileSystemProvider();
          default ->
              throw new IllegalArgumentException(
                  client.place() + " is not on a server; use Path.of and Files");
        };
    return provider.system(client, pool, waits);
  }
}
