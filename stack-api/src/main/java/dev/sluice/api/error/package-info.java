/** What can go wrong, named by cause. */
@NullMarked
package dev.sluice.api.error;

import org.jspecify.annotations.NullMarked;
