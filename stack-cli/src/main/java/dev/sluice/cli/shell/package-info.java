/** Many commands over one session. */
@NullMarked
package dev.sluice.cli.shell;

import org.jspecify.annotations.NullMarked;
