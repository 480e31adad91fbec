package dev.sluice.server.config;

import dev.sluice.ftp.FtpServerData;
import dev.sluice.ftp.InflateLimit;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How data connections are made, besides the passive ports.
 *
 * @param active whether and how PORT and EPRT are carried out
 * @param foreignAddresses whether another host than the client may be the other end (FXP)
 * @param inflate how far compressed uploads may grow
 */
@RecordBuilder
public record FtpDataConfig(
    @Key("whether and how PORT and EPRT are carried out") FtpServerData.Active active,
    @Key("whether another host than the client may be the other end (FXP)")
        boolean foreignAddresses,
    @Key("how far compressed uploads may grow") InflateLimit inflate)
    implements FtpDataConfigBuilder.With {
  static FtpDataConfig of(FtpServerData data) {
    return new FtpDataConfig(data.active(), data.foreignAddresses(), data.inflate());
  }
}
