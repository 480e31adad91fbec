package dev.sluice.ftp;

import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.session.TlsVersion;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * How a server protects its connections (RFC 4217). Immutable; start from {@link #explicit} or
 * {@link #implicit}.
 *
 * @param start how control connections become TLS
 * @param options certificates, and how TLS is spoken
 * @param required what is refused without TLS
 * @param resumption whether data connections must go on from their control connection's session
 * @param clearingAllowed whether a client may return the control connection to clear (CCC)
 */
@RecordBuilder
public record FtpServerTls(
    Start start,
    TlsServerOptions options,
    Required required,
    Resumption resumption,
    boolean clearingAllowed)
    implements FtpServerTlsBuilder.With {

  /** How control connections become TLS. */
  public enum Start {
    /** By AUTH TLS. */
    EXPLICIT,
    /** From the first octet; data connections are TLS until PROT C. */
    IMPLICIT
  }

  /** What is refused without TLS. */
  public enum Required {
    NOTHING,
    /** No login without TLS. */
    LOGIN,
    /** No login and no data without TLS. */
    LOGIN_AND_DATA
  }

  /**
   * Whether data connections must resume the session of their control connection, or of another
   * control connection of the same user. An attacker who finds the data port first cannot do that.
   */
  public enum Resumption {
    /** Data connections never resume. */
    OFF,
    /** They may; the peer's certificate, if there is one, must be the same. */
    OPTIONAL,
    /** All others are refused with 522. */
    ENFORCED
  }

  public FtpServerTls {
    boolean resumable = options.versions().stream().allMatch(options.provider()::resumes);
    if (resumption == Resumption.ENFORCED && !resumable) {
      throw new IllegalArgumentException(
          options.provider()
              + " cannot resume "
              + TlsVersion.TLS_1_3.label()
              + ": use the provider SUN_JSSE, offer "
              + TlsVersion.TLS_1_2.label()
              + " only, or do not enforce resumption");
    }
    if (options.protocols().isEmpty()) {
      options = options.withProtocols(List.of("ftp"));
    }
  }

  /** AUTH TLS for clients that want it; resumption is enforced. */
  public static FtpServerTls explicit(TlsServerOptions options) {
    return new FtpServerTls(Start.EXPLICIT, options, Required.NOTHING, Resumption.ENFORCED, false);
  }

  /** TLS from the first octet; resumption is enforced. */
  public static FtpServerTls implicit(TlsServerOptions options) {
    return new FtpServerTls(Start.IMPLICIT, options, Required.LOGIN, Resumption.ENFORCED, false);
  }
}
