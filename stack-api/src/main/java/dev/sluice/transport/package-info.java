/**
 * What the protocols share below their sessions: cores without I/O and the handler that drives
 * them.
 */
@NullMarked
package dev.sluice.transport;

import org.jspecify.annotations.NullMarked;
