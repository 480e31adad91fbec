package dev.sluice.server.config;

import dev.sluice.transport.Network;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is allowed to all users together, and to each.
 *
 * @param sessions sessions of each listener; default 10000
 * @param sessionsPerAddress sessions from one client: an IPv4 address or the /64 of an IPv6
 *     address; default 200
 * @param sessionsPerUser sessions of one user; unlimited unless it is set
 * @param transfers transfers at one time of all users; unlimited unless it is set
 * @param transfersPerUser transfers at one time of one user; unlimited unless it is set
 * @param rate how fast all users together may transfer; unlimited unless it is set
 * @param allow networks that clients may come from; all unless it is set
 * @param deny networks that clients may not come from, even if allow names them
 * @param ban who fails to log in too often
 */
@RecordBuilder
public record LimitsConfig(
    @Key(value = "sessions of each listener", standard = "10000") int sessions,
    @Key(
            value = "sessions from one client: an IPv4 address or the /64 of an IPv6 address",
            standard = "200")
        int sessionsPerAddress,
    @Key(value = "sessions of one user; unlimited unless it is set", example = "20")
        @Nullable Integer sessionsPerUser,
    @Key(value = "transfers at one time of all users; unlimited unless it is set", example = "500")
        @Nullable Integer transfers,
    @Key(value = "transfers at one time of one user; unlimited unless it is set", example = "8")
        @Nullable Integer transfersPerUser,
    @Key("how fast all users together may transfer; unlimited unless it is set")
        @Nullable RateConfig rate,
    @Key(
            value = "networks that clients may come from; all unless it is set",
            example = "192.0.2.0/24")
        List<Network> allow,
    @Key("networks that clients may not come from, even if allow names them") List<Network> deny,
    @Key("who fails to log in too often") BanConfig ban)
    implements LimitsConfigBuilder.With {
  public LimitsConfig {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }
}
