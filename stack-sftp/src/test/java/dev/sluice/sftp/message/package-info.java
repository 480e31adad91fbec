/** Tests of the packets. */
@NullMarked
package dev.sluice.sftp.message;

import org.jspecify.annotations.NullMarked;
