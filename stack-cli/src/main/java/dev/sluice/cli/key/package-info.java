/** Keys of SSH that the command makes. */
@NullMarked
package dev.sluice.cli.key;

import org.jspecify.annotations.NullMarked;
