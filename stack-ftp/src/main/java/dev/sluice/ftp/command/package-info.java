/** Commands as values, with both directions of their syntax in one place. */
@NullMarked
package dev.sluice.ftp.command;

import org.jspecify.annotations.NullMarked;
