/** Servers of documents, for tests. */
@NullMarked
package dev.sluice.server.test;

import org.jspecify.annotations.NullMarked;
