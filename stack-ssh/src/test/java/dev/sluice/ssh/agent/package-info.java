/** Tests of what OpenSSH's files and agents say. */
@NullMarked
package dev.sluice.ssh.agent;

import org.jspecify.annotations.NullMarked;
