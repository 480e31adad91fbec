/** Copies between any two trees of files. */
@NullMarked
package dev.sluice.api.transfer;

import org.jspecify.annotations.NullMarked;
