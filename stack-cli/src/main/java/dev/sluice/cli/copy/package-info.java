/** What moves files: the words of a copy, its options, and trees. */
@NullMarked
package dev.sluice.cli.copy;

import org.jspecify.annotations.NullMarked;
