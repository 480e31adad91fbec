/** TLS without sockets: engines of any provider, driven record by record. */
@NullMarked
package dev.sluice.tls.core;

import org.jspecify.annotations.NullMarked;
