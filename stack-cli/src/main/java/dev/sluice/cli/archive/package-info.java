/**
 * Starts faster: an archive of loaded classes, and what the virtual machine of a short process is
 * told.
 */
@NullMarked
package dev.sluice.cli.archive;

import org.jspecify.annotations.NullMarked;
