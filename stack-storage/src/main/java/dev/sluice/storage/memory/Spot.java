package dev.sluice.storage.memory;

import org.jspecify.annotations.Nullable;

/**
 * The end of a path.
 *
 * @param parent the directory; null = the spot is the root
 * @param name the name in it; empty for the root
 * @param node the node there; null = nothing yet
 */
record Spot(@Nullable Node parent, String name, @Nullable Node node) {}
