/** Who may log in, and as whom. */
@NullMarked
package dev.sluice.api.login;

import org.jspecify.annotations.NullMarked;
