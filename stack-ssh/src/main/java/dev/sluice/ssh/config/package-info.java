/** The client's configuration as ssh_config(5) has it. What is here opens no file. */
@NullMarked
package dev.sluice.ssh.config;

import org.jspecify.annotations.NullMarked;
