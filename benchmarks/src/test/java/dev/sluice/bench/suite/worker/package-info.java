@NullMarked
package dev.sluice.bench.suite.worker;

import org.jspecify.annotations.NullMarked;
