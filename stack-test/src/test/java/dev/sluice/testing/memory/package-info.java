/** What many transfers at once hold. */
@NullMarked
package dev.sluice.testing.memory;

import org.jspecify.annotations.NullMarked;
