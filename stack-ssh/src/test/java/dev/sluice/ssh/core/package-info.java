/** Tests of the core, without sockets. */
@NullMarked
package dev.sluice.ssh.core;

import org.jspecify.annotations.NullMarked;
