/** Real SSH programs as tests use them. */
@NullMarked
package dev.sluice.ssh.peer;

import org.jspecify.annotations.NullMarked;
