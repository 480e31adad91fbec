/** Looks at a server from outside and says what keeps a client from working with it. */
@NullMarked
package dev.sluice.cli.ping;

import org.jspecify.annotations.NullMarked;
