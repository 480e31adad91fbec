package dev.sluice.ftp;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * A login to an FTP server. Callers queue: a session does one thing at a time, in the order of the
 * calls.
 *
 * <p>After a cancelled or failed transfer the session is usable or closed, never in between: the
 * next caller waits until the transfer has been aborted in order.
 */
public interface FtpSession extends FileSession {

  /**
   * Sends a line that this library does not foresee and emits the whole final reply, a negative one
   * as well. Refuses CR, LF and NUL, and commands that need a data connection or end the session.
   */
  Mono<FtpReply> command(String line);

  /** The server's idea of where relative names begin; this session names absolute paths only. */
  Mono<String> currentDirectory();

  /** Lists a whole directory, with the lines that no dialect can read. */
  Mono<Listing> listing(RemotePath directory);

  /** Sends a command that does nothing, to show the server that the client is alive. */
  Mono<Void> keepAlive();

  /**
   * A directory.
   *
   * @param unparsed lines that no dialect can read
   */
  record Listing(List<FileEntry> entries, List<String> unparsed) {
    public Listing {
      entries = List.copyOf(entries);
      unparsed = List.copyOf(unparsed);
    }
  }
}
