/** Tests of SSH, most of them with known answers. */
@NullMarked
package dev.sluice.ssh.key;

import org.jspecify.annotations.NullMarked;
