/** Private keys as files hold them. What is here reads octets; it opens no file. */
@NullMarked
package dev.sluice.ssh.key.file;

import org.jspecify.annotations.NullMarked;
