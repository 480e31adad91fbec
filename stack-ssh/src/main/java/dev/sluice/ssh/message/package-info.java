/** The messages of SSH-2, each with both directions beside each other. */
@NullMarked
package dev.sluice.ssh.message;

import org.jspecify.annotations.NullMarked;
