/** Whose keys are trusted: known_hosts and authorized_keys. What is here opens no file. */
@NullMarked
package dev.sluice.ssh.key.trust;

import org.jspecify.annotations.NullMarked;
