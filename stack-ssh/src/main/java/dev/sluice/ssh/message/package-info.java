/** The messages of SSH-2, each with its encoder and decoder side by side. */
@NullMarked
package dev.sluice.ssh.message;

import org.jspecify.annotations.NullMarked;
