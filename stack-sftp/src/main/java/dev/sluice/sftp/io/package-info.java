/** Between the packets of SFTP and the streams of an SSH channel. */
@NullMarked
package dev.sluice.sftp.io;

import org.jspecify.annotations.NullMarked;
