/** TLS records as they are on the wire, without keys. */
@NullMarked
package dev.sluice.tls.record;

import org.jspecify.annotations.NullMarked;
