/** What is allocated on the ways that data takes. */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
