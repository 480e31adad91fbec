/** How a command ends: the exit status, and failures in the words of the command line. */
@NullMarked
package dev.sluice.cli.status;

import org.jspecify.annotations.NullMarked;
