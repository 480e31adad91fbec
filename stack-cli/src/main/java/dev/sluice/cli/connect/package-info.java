/** Options of a connection, and the sessions that they lead to. */
@NullMarked
package dev.sluice.cli.connect;

import org.jspecify.annotations.NullMarked;
