/** The examples of the pages, compiled and run. */
@NullMarked
package dev.sluice.docs.examples;

import org.jspecify.annotations.NullMarked;
