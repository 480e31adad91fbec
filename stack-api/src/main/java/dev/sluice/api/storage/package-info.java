/** Where a server's files come from. */
@NullMarked
package dev.sluice.api.storage;

import org.jspecify.annotations.NullMarked;
