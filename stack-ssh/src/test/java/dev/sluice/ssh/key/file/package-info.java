/** Tests of key files: known answers, and what other programs write. */
@NullMarked
package dev.sluice.ssh.key.file;

import org.jspecify.annotations.NullMarked;
