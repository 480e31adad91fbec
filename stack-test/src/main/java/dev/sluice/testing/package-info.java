/** Servers for tests, with faults on demand. */
@NullMarked
package dev.sluice.testing;

import org.jspecify.annotations.NullMarked;
