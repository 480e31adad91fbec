/** What an SSH client's session is made of. */
@NullMarked
package dev.sluice.ssh.client;

import org.jspecify.annotations.NullMarked;
