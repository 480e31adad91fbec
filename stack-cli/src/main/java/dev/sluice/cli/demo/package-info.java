/** The servers and the cases of {@code sluice demo}. */
@NullMarked
package dev.sluice.cli.demo;

import org.jspecify.annotations.NullMarked;
