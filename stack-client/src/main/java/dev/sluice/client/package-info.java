/** What is the same for clients of all protocols. */
@NullMarked
package dev.sluice.client;

import org.jspecify.annotations.NullMarked;
