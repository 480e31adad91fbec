package dev.sluice.server.config;

import dev.sluice.transport.Network;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;

/**
 * What follows from failed logins.
 *
 * @param failures failures from one client, across connections, that ban it; default 30
 * @param for_ the length of the first ban; each further one is twice as long; default 5m
 * @param never networks that are never banned: balancers, monitoring
 */
@RecordBuilder
public record BanConfig(
    @Key(value = "failures from one client, across connections, that ban it", standard = "30")
        int failures,
    @Key(value = "the length of the first ban; each further one is twice as long", standard = "5m")
        Duration for_,
    @Key(value = "networks that are never banned: balancers, monitoring", example = "10.0.0.0/8")
        List<Network> never)
    implements BanConfigBuilder.With {
  public BanConfig {
    never = List.copyOf(never);
  }
}
