/** Replies as values, and the one table between replies and failures. */
@NullMarked
package dev.sluice.ftp.reply;

import org.jspecify.annotations.NullMarked;
