@NullMarked
package dev.sluice.bench.suite;

import org.jspecify.annotations.NullMarked;
