/** Tests of replies. */
@NullMarked
package dev.sluice.ftp.reply;

import org.jspecify.annotations.NullMarked;
