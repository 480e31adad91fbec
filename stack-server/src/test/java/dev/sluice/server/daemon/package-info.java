/** Tests of the server as a whole. */
@NullMarked
package dev.sluice.server.daemon;

import org.jspecify.annotations.NullMarked;
