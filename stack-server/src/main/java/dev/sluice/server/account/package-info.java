/** Who may log in, and as what. */
@NullMarked
package dev.sluice.server.account;

import org.jspecify.annotations.NullMarked;
