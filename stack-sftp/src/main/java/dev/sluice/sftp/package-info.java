/** SFTP, client and server: files over SSH. */
@NullMarked
package dev.sluice.sftp;

import org.jspecify.annotations.NullMarked;
