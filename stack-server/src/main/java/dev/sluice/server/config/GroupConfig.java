package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What several users have in common.
 *
 * @param name the name that users refer to
 * @param policy what its users may do, unless they say otherwise
 */
@RecordBuilder
public record GroupConfig(
    @Key(value = "the name that users refer to", required = true, example = "staff") String name,
    @Key(value = "what its users may do, unless they say otherwise", flat = true)
        PolicyConfig policy)
    implements GroupConfigBuilder.With {}
