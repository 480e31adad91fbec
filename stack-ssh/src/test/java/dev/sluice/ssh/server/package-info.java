/** Tests of the server with real and hostile clients. */
@NullMarked
package dev.sluice.ssh.server;

import org.jspecify.annotations.NullMarked;
