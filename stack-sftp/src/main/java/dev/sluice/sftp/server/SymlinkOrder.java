package dev.sluice.sftp.server;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SymlinkArguments;
import java.util.List;

/**
 * Which path a client's SYMLINK or LINK names first.
 *
 * <p>OpenSSH puts the target first, where the drafts put the new link's path (OpenSSH PROTOCOL
 * section 4.1), and nearly every client follows OpenSSH. Some look at the server's identification,
 * and follow the drafts unless it is OpenSSH: asyncssh ({@code SFTPClientHandler}), libssh ({@code
 * sftp_symlink}; libssh2 is another library) and WinSCP ({@code CreateLink}). In LINK of version 6,
 * all clients put the link first, except that of Apache MINA, which puts the target first there
 * too.
 *
 * @param isAsDrafted whether the new link's path comes first in SYMLINK
 * @param isLinkReversed whether the target comes first in LINK, where it should come last
 */
record SymlinkOrder(boolean isAsDrafted, boolean isLinkReversed) {
  private static final List<String> LOOK_AT_SERVER = List.of("AsyncSSH_", "libssh_", "WinSCP_");
  private static final String MINA = "APACHE-SSHD-";
  private static final String OPENSSH = "OpenSSH";

  /**
   * What a client does.
   *
   * @param client its identification line
   */
  static SymlinkOrder of(String client, SftpServerSettings options) {
    boolean asDrafted =
        switch (options.symlinks()) {
          case TARGET_FIRST -> false;
          case LINK_FIRST -> true;
          case BY_CLIENT ->
              !options.ssh().settings().software().contains(OPENSSH)
                  && LOOK_AT_SERVER.stream().anyMatch(client::contains);
        };
    return new SymlinkOrder(
        asDrafted, options.symlinks() == SymlinkArguments.BY_CLIENT && client.contains(MINA));
  }
}
