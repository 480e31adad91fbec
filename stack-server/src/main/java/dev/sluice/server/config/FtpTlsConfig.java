package dev.sluice.server.config;

import dev.sluice.ftp.FtpServerTls;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What an FTP listener with a certificate asks for; {@code ftpes} and {@code ftps} never allow less
 * than their name says.
 *
 * @param required what is refused without TLS: nothing, login, login_and_data; default nothing
 * @param resumption whether data connections must go on from the TLS session of their control
 *     connection: off, optional, enforced; default enforced
 * @param clearingAllowed whether a client may return the control connection to clear (CCC); default
 *     false
 */
@RecordBuilder
public record FtpTlsConfig(
    @Key(
            value = "what is refused without TLS: nothing, login, login_and_data",
            standard = "nothing")
        FtpServerTls.Required required,
    @Key(
            value =
                "whether data connections must go on from the TLS session of their control connection: off, optional, enforced",
            standard = "enforced")
        FtpServerTls.Resumption resumption,
    @Key(
            value = "whether a client may return the control connection to clear (CCC)",
            standard = "false")
        boolean clearingAllowed)
    implements FtpTlsConfigBuilder.With {
  /** TLS for clients that want it; resumption is enforced. */
  public static final FtpTlsConfig DEFAULT =
      new FtpTlsConfig(FtpServerTls.Required.NOTHING, FtpServerTls.Resumption.ENFORCED, false);
}
