/** Claims of an inbox in a database, by way of R2DBC. */
@NullMarked
package dev.sluice.client.inbox.r2dbc;

import org.jspecify.annotations.NullMarked;
