/** The client: login, transfers, listings, cancellation. */
@NullMarked
package dev.sluice.ftp.client;

import org.jspecify.annotations.NullMarked;
