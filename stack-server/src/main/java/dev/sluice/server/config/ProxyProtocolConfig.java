package dev.sluice.server.config;

import dev.sluice.transport.Network;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;

/**
 * Balancers that announce the client.
 *
 * @param from the balancers, whose connections must begin with the header; nobody else may send it
 * @param timeout how long the header may take; default 5s
 */
@RecordBuilder
public record ProxyProtocolConfig(
    @Key(
            value =
                "the balancers, whose connections must begin with the header; nobody else may send it",
            required = true,
            example = "10.0.0.0/8")
        List<Network> from,
    @Key(value = "how long the header may take", standard = "5s") Duration timeout)
    implements ProxyProtocolConfigBuilder.With {
  public ProxyProtocolConfig {
    from = List.copyOf(from);
  }
}
