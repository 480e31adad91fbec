/** A client's sessions as a storage, for gateways from one protocol to another. */
@NullMarked
package dev.sluice.storage.gateway;

import org.jspecify.annotations.NullMarked;
