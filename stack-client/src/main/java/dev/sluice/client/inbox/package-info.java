/** Directories whose files are taken up as they arrive, and directories that empty themselves. */
@NullMarked
package dev.sluice.client.inbox;

import org.jspecify.annotations.NullMarked;
