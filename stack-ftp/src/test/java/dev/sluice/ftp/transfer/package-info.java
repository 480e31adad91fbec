/** Tests of what happens to octets between a file and a data connection. */
@NullMarked
package dev.sluice.ftp.transfer;

import org.jspecify.annotations.NullMarked;
