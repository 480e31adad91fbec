/** TLS as the protocols use it: options, peer verification and the start of a session. */
@NullMarked
package dev.sluice.tls;

import org.jspecify.annotations.NullMarked;
