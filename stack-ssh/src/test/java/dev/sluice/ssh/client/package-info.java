/** Tests of the client against real and hostile servers. */
@NullMarked
package dev.sluice.ssh.client;

import org.jspecify.annotations.NullMarked;
