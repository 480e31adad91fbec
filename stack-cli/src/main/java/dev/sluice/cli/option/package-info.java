/** Options and the values of options that need nothing else of the command. */
@NullMarked
package dev.sluice.cli.option;

import org.jspecify.annotations.NullMarked;
