/** What a TLS session is: its version, its limits, what was negotiated, and how it may end. */
@NullMarked
package dev.sluice.tls.session;

import org.jspecify.annotations.NullMarked;
