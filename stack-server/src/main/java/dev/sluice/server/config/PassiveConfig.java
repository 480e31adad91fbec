package dev.sluice.server.config;

import dev.sluice.ftp.PortRange;
import dev.sluice.transport.Network;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What clients of FTP connect to for data.
 *
 * @param ports the ports, of which one is taken at random; default 60000-65535
 * @param address what 227 announces: an address, or a name that is looked up again; unless it is
 *     set, the address that the client has connected to
 * @param refresh how long an answer for a name is used; default 1m
 * @param networks other addresses for clients of these networks; the narrowest one counts
 */
@RecordBuilder
public record PassiveConfig(
    @Key(value = "the ports, of which one is taken at random", standard = "60000-65535")
        PortRange ports,
    @Key(
            value =
                "what 227 announces: an address, or a name that is looked up again; unless it is set, the address that the client has connected to",
            example = "ftp.example.net")
        @Nullable String address,
    @Key(value = "how long an answer for a name is used", standard = "1m") Duration refresh,
    @Key("other addresses for clients of these networks; the narrowest one counts")
        Map<Network, String> networks)
    implements PassiveConfigBuilder.With {
  public PassiveConfig {
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
  }
}
