/** SSH transport, authentication and channels (RFC 4250 to 4254). */
@NullMarked
package dev.sluice.ssh;

import org.jspecify.annotations.NullMarked;
