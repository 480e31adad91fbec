/** Tests of what OpenSSH's files and agents say. */
@NullMarked
package dev.sluice.ssh.config;

import org.jspecify.annotations.NullMarked;
