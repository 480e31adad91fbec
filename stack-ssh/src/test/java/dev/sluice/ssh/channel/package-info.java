/** Tests of channels and windows. */
@NullMarked
package dev.sluice.ssh.channel;

import org.jspecify.annotations.NullMarked;
