/** Tests of what OpenSSH's files and agents say. */
@NullMarked
package dev.sluice.ssh.key.trust;

import org.jspecify.annotations.NullMarked;
