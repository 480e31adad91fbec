/** Following a tree: changes, files that are still being written, and rounds. */
@NullMarked
package dev.sluice.cli.watch;

import org.jspecify.annotations.NullMarked;
