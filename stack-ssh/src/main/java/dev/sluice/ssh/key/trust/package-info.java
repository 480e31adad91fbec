/** Whose keys are trusted: known_hosts and authorized_keys. No class here opens a file. */
@NullMarked
package dev.sluice.ssh.key.trust;

import org.jspecify.annotations.NullMarked;
