/** Control connections and data connections on Netty channels. */
@NullMarked
package dev.sluice.ftp.io;

import org.jspecify.annotations.NullMarked;
