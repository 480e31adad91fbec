/** What a session reports to its observers. */
@NullMarked
package dev.sluice.api.observe;

import org.jspecify.annotations.NullMarked;
