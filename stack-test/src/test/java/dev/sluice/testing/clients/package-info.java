/** The modules for clients, with servers of all protocols. */
@NullMarked
package dev.sluice.testing.clients;

import org.jspecify.annotations.NullMarked;
