/** The only place where cores and streams meet a Netty channel. */
@NullMarked
package dev.sluice.transport.io;

import org.jspecify.annotations.NullMarked;
