/** The participants: clients and servers, ours and those of others, as values in tables. */
@NullMarked
package dev.sluice.bench.suite.contender;

import org.jspecify.annotations.NullMarked;
