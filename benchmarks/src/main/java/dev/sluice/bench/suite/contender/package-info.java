/** Who takes part: clients and servers, ours and the others', as values in tables. */
@NullMarked
package dev.sluice.bench.suite.contender;

import org.jspecify.annotations.NullMarked;
