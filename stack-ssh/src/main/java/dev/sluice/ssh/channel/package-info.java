/** Channels and their windows (RFC 4254). */
@NullMarked
package dev.sluice.ssh.channel;

import org.jspecify.annotations.NullMarked;
