/** Pages and scripts made out of the options of all commands. */
@NullMarked
package dev.sluice.cli.help;

import org.jspecify.annotations.NullMarked;
