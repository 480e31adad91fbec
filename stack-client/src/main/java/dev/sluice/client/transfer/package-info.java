/** Copies between any two trees of files. */
@NullMarked
package dev.sluice.client.transfer;

import org.jspecify.annotations.NullMarked;
