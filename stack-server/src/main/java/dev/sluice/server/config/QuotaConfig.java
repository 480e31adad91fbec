package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How much a user may store.
 *
 * @param bytes octets; unlimited unless it is set
 * @param files files; unlimited unless it is set
 */
@RecordBuilder
public record QuotaConfig(
    @Key(value = "octets; unlimited unless it is set", example = "50GiB") @Nullable Octets bytes,
    @Key(value = "files; unlimited unless it is set", example = "100000") @Nullable Long files)
    implements QuotaConfigBuilder.With {}
