/** What a client of any protocol is made from: a place, settings, and the protocols at hand. */
@NullMarked
package dev.sluice.transport.connect;

import org.jspecify.annotations.NullMarked;
