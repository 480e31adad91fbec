/** Sessions that are kept and shared. */
@NullMarked
package dev.sluice.client.pool;

import org.jspecify.annotations.NullMarked;
