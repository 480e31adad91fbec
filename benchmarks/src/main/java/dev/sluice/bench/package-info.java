/** JMH benchmarks of codecs, sessions and transfers. */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
