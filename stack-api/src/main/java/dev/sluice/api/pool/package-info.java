/** Sessions that are kept and shared. */
@NullMarked
package dev.sluice.api.pool;

import org.jspecify.annotations.NullMarked;
