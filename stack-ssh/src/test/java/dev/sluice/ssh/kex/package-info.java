/** Tests of SSH, most of them with known answers. */
@NullMarked
package dev.sluice.ssh.kex;

import org.jspecify.annotations.NullMarked;
