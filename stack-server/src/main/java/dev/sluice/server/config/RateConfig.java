package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How fast octets may move.
 *
 * @param up of uploads; unlimited unless it is set
 * @param down of downloads; unlimited unless it is set
 */
@RecordBuilder
public record RateConfig(
    @Key(value = "of uploads; unlimited unless it is set", example = "10MiB/s") @Nullable Rate up,
    @Key(value = "of downloads; unlimited unless it is set", example = "50MiB/s")
        @Nullable Rate down)
    implements RateConfigBuilder.With {}
