package dev.sluice.server.config;

import dev.sluice.ftp.FtpServerDialogue;
import dev.sluice.ftp.FtpServerLimits;
import dev.sluice.ftp.FtpServerSettings;
import dev.sluice.ftp.FtpServerTimeouts;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Settings of FTP and FTPS; the records are those of the library.
 *
 * @param timeouts the longest waits
 * @param limits what a client may use of a control connection
 * @param sessions how many sessions a listener has
 * @param login what failed logins cost
 * @param data how data connections are made
 * @param dialogue how the control connection is read and written
 * @param tls what is refused without TLS
 */
@RecordBuilder
public record FtpConfig(
    @Key("the longest waits") FtpServerTimeouts timeouts,
    @Key("what a client may use of a control connection") FtpServerLimits limits,
    @Key("how many sessions a listener has") SessionLimits sessions,
    @Key("what failed logins cost") LoginLimits login,
    @Key("how data connections are made") FtpDataConfig data,
    @Key("how the control connection is read and written") FtpServerDialogue dialogue,
    @Key("what is refused without TLS") FtpTlsConfig tls)
    implements FtpConfigBuilder.With {
  /** The defaults of the library. */
  public static final FtpConfig DEFAULT = of(FtpServerSettings.DEFAULT);

  private static FtpConfig of(FtpServerSettings settings) {
    return new FtpConfig(
        settings.timeouts(),
        settings.limits(),
        settings.sessions(),
        settings.login(),
        FtpDataConfig.of(settings.data()),
        settings.dialogue(),
        FtpTlsConfig.DEFAULT);
  }
}
