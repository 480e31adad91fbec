/** The data types of SSH (RFC 4251 section 5). */
@NullMarked
package dev.sluice.ssh.wire;

import org.jspecify.annotations.NullMarked;
