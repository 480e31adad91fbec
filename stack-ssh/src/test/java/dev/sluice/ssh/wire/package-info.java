/** Tests of SSH, most of them with known answers. */
@NullMarked
package dev.sluice.ssh.wire;

import org.jspecify.annotations.NullMarked;
