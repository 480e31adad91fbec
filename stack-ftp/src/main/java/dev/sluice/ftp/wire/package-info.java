/** Octets and lines of the control connection (RFC 959 section 4, RFC 854). */
@NullMarked
package dev.sluice.ftp.wire;

import org.jspecify.annotations.NullMarked;
