/** The shape of a protocol core, which all endpoints share, without sockets, threads or clock. */
@NullMarked
package dev.sluice.transport;

import org.jspecify.annotations.NullMarked;
