/** The HTTP interface of the operator: health, metrics, and an API. */
@NullMarked
package dev.sluice.server.admin;

import org.jspecify.annotations.NullMarked;
