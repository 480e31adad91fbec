@NullMarked
package dev.sluice.bench.suite.contender;

import org.jspecify.annotations.NullMarked;
