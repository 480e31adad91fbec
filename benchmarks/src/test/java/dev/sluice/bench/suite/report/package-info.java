@NullMarked
package dev.sluice.bench.suite.report;

import org.jspecify.annotations.NullMarked;
