/** Tests of the operator's interface. */
@NullMarked
package dev.sluice.server.admin;

import org.jspecify.annotations.NullMarked;
