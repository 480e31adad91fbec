/** Tests of what touches connections. */
@NullMarked
package dev.sluice.ftp.io;

import org.jspecify.annotations.NullMarked;
