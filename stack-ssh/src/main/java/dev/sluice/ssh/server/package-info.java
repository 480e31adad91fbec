/** What an SSH server's sessions are made of. */
@NullMarked
package dev.sluice.ssh.server;

import org.jspecify.annotations.NullMarked;
