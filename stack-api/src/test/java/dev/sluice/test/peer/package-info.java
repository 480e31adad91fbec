/** Programs of others that tests use. */
@NullMarked
package dev.sluice.test.peer;

import org.jspecify.annotations.NullMarked;
