package dev.sluice.storage.memory;

import org.jspecify.annotations.Nullable;

/**
 * Where a path leads.
 *
 * @param parent the directory; null = the spot is the root
 * @param name the name in it; empty for the root
 * @param node what is there; null = nothing yet
 */
record Spot(@Nullable Node parent, String name, @Nullable Node node) {}
