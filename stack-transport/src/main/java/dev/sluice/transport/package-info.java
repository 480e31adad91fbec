/** What every protocol endpoint shares: the shape of a core, without sockets, threads or clock. */
@NullMarked
package dev.sluice.transport;

import org.jspecify.annotations.NullMarked;
