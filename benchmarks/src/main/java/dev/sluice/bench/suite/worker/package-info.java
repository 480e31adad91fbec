/** What runs in processes of its own: Java clients and servers, told by lines what to do. */
@NullMarked
package dev.sluice.bench.suite.worker;

import org.jspecify.annotations.NullMarked;
