package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;

/**
 * A real FTP server that runs on a loopback address for as long as a test needs it.
 *
 * <p>Starting one returns when the server answers with its greeting, or throws {@link PeerFailure}
 * with the end of the server's log. The peer is its own: port, passive range, configuration, log
 * and directory are shared with nobody. {@link #close()} ends every process of it and deletes its
 * directories.
 */
public sealed interface ServerPeer extends AutoCloseable permits ApacheFtpServer, RunningServer {

  /** The name that {@link Peers#require} knows it by. */
  String name();

  /** The loopback address it listens on, {@code 127.0.0.1} or {@code ::1}. */
  String host();

  /** The port of the control connection. */
  int port();

  /** The last of the ports that data connections come to; the first is behind {@link #port()}. */
  int lastPort();

  /** The process that listens; those of sessions are below it. */
  long pid();

  /** The directory on this disk that the user sees as {@code /}. */
  Path root();

  /** The name of the one user. */
  String user();

  /** The password of the one user. */
  String password();

  /** The end of the server's log, for the message of a failed test. */
  String log();

  /**
   * Makes the user the owner of everything below {@link #root()}: files that a test puts there
   * itself belong to the test's user, and a server that dropped its rights cannot replace them.
   */
  void giveFilesToUser();

  /**
   * Kills it with all of its sessions, and starts it again on the same ports with the same files.
   *
   * @throws UnsupportedOperationException when it is no process of its own
   */
  default void restart() {
    throw new UnsupportedOperationException(name() + " is no process of its own");
  }

  @Override
  void close();
}
