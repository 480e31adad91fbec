/**
 * What commands show: lines and events on standard output, progress and a summary on standard
 * error.
 */
@NullMarked
package dev.sluice.cli.output;

import org.jspecify.annotations.NullMarked;
