/** Files of servers for threads that may wait, with the streams and errors of java.io. */
@NullMarked
package dev.sluice.client.blocking;

import org.jspecify.annotations.NullMarked;
