/** Observers that measure and trace sessions with Micrometer. */
@NullMarked
package dev.sluice.transport.observe;

import org.jspecify.annotations.NullMarked;
