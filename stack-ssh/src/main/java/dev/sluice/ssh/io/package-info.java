/** SSH connections on sockets. */
@NullMarked
package dev.sluice.ssh.io;

import org.jspecify.annotations.NullMarked;
