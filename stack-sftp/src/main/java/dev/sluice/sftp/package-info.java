/** SFTP over SSH, versions 3 to 6: {@link SftpClient} and {@link SftpServer}. */
@NullMarked
package dev.sluice.sftp;

import org.jspecify.annotations.NullMarked;
