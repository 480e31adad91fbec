/** Rules for storages: each wraps a storage and is itself a storage. */
@NullMarked
package dev.sluice.storage.decorate;

import org.jspecify.annotations.NullMarked;
