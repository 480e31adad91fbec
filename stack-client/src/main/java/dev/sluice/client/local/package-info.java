/** The trees of this machine as servers: its disk, and its memory. */
@NullMarked
package dev.sluice.client.local;

import org.jspecify.annotations.NullMarked;
