/** Tests of commands as values. */
@NullMarked
package dev.sluice.ftp.command;

import org.jspecify.annotations.NullMarked;
