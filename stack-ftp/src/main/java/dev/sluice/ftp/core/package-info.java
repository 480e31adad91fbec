/** The control connection without I/O, for both sides. */
@NullMarked
package dev.sluice.ftp.core;

import org.jspecify.annotations.NullMarked;
