/** Tests of packets and identification lines. */
@NullMarked
package dev.sluice.ssh.packet;

import org.jspecify.annotations.NullMarked;
