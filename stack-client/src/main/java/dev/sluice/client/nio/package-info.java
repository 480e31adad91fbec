/** Servers as file systems of java.nio.file. */
@NullMarked
package dev.sluice.client.nio;

import org.jspecify.annotations.NullMarked;
