/** SFTP, client and server. */
@NullMarked
package dev.sluice.sftp;

import org.jspecify.annotations.NullMarked;
