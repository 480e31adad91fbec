/** What the tests of every module share: gates, clocks, randomness and ways to cut bytes. */
@NullMarked
package dev.sluice.test;

import org.jspecify.annotations.NullMarked;
