/** Tests of the server as a whole. */
@NullMarked
package dev.sluice.server.listen;

import org.jspecify.annotations.NullMarked;
