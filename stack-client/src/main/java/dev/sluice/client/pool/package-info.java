/** Sessions that are kept open and shared. */
@NullMarked
package dev.sluice.client.pool;

import org.jspecify.annotations.NullMarked;
