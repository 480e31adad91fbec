/** TLS on channels. */
@NullMarked
package dev.sluice.tls.io;

import org.jspecify.annotations.NullMarked;
