/** Files in the memory of this process, for tests and for data that need not last. */
@NullMarked
package dev.sluice.storage.memory;

import org.jspecify.annotations.NullMarked;
