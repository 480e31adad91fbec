/** The identification line and the binary packets of SSH (RFC 4253 sections 4.2 and 6). */
@NullMarked
package dev.sluice.ssh.packet;

import org.jspecify.annotations.NullMarked;
