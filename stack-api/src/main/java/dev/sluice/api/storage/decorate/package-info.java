/** Rules around storages: each wraps a storage and is one. */
@NullMarked
package dev.sluice.api.storage.decorate;

import org.jspecify.annotations.NullMarked;
