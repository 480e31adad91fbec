/** The messages of the protocol that agents speak (RFC 9987). */
@NullMarked
package dev.sluice.ssh.agent;

import org.jspecify.annotations.NullMarked;
