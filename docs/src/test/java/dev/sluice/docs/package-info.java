/** The rules of the architecture, as tests. */
@NullMarked
package dev.sluice.docs;

import org.jspecify.annotations.NullMarked;
