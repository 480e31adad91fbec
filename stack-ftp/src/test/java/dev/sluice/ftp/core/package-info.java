/** The machines of both ends, without sockets. */
@NullMarked
package dev.sluice.ftp.core;

import org.jspecify.annotations.NullMarked;
