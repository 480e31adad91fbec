/** What a session tells those who watch it. */
@NullMarked
package dev.sluice.api.observe;

import org.jspecify.annotations.NullMarked;
