/** The server as a whole: start, reload, drain. */
@NullMarked
package dev.sluice.server.daemon;

import org.jspecify.annotations.NullMarked;
