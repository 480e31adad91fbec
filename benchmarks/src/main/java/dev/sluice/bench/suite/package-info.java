/** Whole programs side by side: what is measured, in which order, and the main program. */
@NullMarked
package dev.sluice.bench.suite;

import org.jspecify.annotations.NullMarked;
