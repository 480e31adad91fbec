/** The client's configuration as in ssh_config(5). No class here opens a file. */
@NullMarked
package dev.sluice.ssh.config;

import org.jspecify.annotations.NullMarked;
