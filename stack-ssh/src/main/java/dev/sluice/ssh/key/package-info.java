/** Keys, signatures and certificates (RFC 4253 section 6.6, RFC 5656, 8332, 8709). */
@NullMarked
package dev.sluice.ssh.key;

import org.jspecify.annotations.NullMarked;
