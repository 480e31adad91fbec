/** Tests of octets and lines of the control connection. */
@NullMarked
package dev.sluice.ftp.wire;

import org.jspecify.annotations.NullMarked;
