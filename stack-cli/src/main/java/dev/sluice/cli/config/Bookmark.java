package dev.sluice.cli.config;

import dev.sluice.transport.connect.RemotePlace;

/**
 * A place with a name, or one below it.
 *
 * @param name as in the configuration
 * @param place where
 * @param settings what the bookmark says, and where it says nothing, what its host's defaults say
 */
public record Bookmark(String name, RemotePlace place, HostSettings settings) {}
