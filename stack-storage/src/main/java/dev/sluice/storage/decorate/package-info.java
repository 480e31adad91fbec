/** Rules around storages: each wraps a storage and is one. */
@NullMarked
package dev.sluice.storage.decorate;

import org.jspecify.annotations.NullMarked;
