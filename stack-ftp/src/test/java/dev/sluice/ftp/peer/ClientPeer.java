package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;

/**
 * A real FTP client program, run once for each call against one server.
 *
 * <p>Every call returns when the program has ended, whatever its exit code, and throws {@link
 * PeerFailure} when the target's deadline passes first; the program is then killed. Paths on the
 * server are absolute.
 */
public sealed interface ClientPeer permits Curl, Ftplib, Lftp, Ncftp, Rclone, Tnftp {

  /** The name that {@link Peers#require} knows it by. */
  String name();

  /** Prints the entries of a directory, in the program's own format. */
  ProgramRun list(String directory);

  /** Copies a file from the server to this disk. */
  ProgramRun download(String remote, Path local);

  /** Copies a file from this disk to the server. */
  ProgramRun upload(Path local, String remote);
}
