/** SFTP over SSH, versions 3 to 6: {@link SftpClient} and {@link SftpServer}. */
@NullMarked
package dev.sluice.sftp;

import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.server.SftpServer;
import org.jspecify.annotations.NullMarked;
