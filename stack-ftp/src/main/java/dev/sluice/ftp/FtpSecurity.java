package dev.sluice.ftp;

import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.session.TlsVersion;

/**
 * How a client protects its connections (RFC 4217). Immutable; start from {@link #NONE}, {@link
 * #explicit} or {@link #implicit}.
 *
 * @param start how the control connection becomes TLS
 * @param tls whom the client trusts, and how it speaks
 * @param protectData whether data connections are TLS, too (PROT P); when not, only passwords and
 *     names are protected
 * @param resumption whether data connections go on from the control connection's session
 * @param clearControl whether the control connection returns to clear after the login (CCC), for
 *     firewalls that must read it
 */
public record FtpSecurity(
    Start start,
    TlsClientOptions tls,
    boolean protectData,
    Resumption resumption,
    boolean clearControl) {
  /** Nothing is protected: passwords and files are readable to anyone on the way. */
  public static final FtpSecurity NONE =
      new FtpSecurity(Start.NEVER, TlsClientOptions.DEFAULT, false, Resumption.PREFERRED, false);

  /** How the control connection becomes TLS. */
  public enum Start {
    NEVER,
    /** By AUTH TLS where the server offers it, else not at all: an attacker can prevent it. */
    DANGEROUSLY_WHERE_OFFERED,
    /** By AUTH TLS, or the session fails. */
    EXPLICIT,
    /** From the first octet. */
    IMPLICIT
  }

  /**
   * Whether data connections go on from the control connection's session, which proves to each side
   * that the other end is still the same. Many servers demand it.
   */
  public enum Resumption {
    OFF,
    /** Wherever the server makes it possible. */
    PREFERRED,
    /** Always: without a session to resume, a transfer fails before its command is sent. */
    REQUIRED
  }

  public FtpSecurity {
    boolean resumable = tls.versions().stream().anyMatch(tls.provider()::resumes);
    boolean all = tls.versions().stream().allMatch(tls.provider()::resumes);
    if (start != Start.NEVER && resumption == Resumption.REQUIRED && !all) {
      throw new IllegalArgumentException(
          tls.provider()
              + " cannot resume "
              + TlsVersion.TLS_1_3.label()
              + ": use the provider SUN_JSSE"
              + (resumable ? " or offer " + TlsVersion.TLS_1_2.label() + " only" : ""));
    }
  }

  /** AUTH TLS on the port of FTP; everything is protected. */
  public static FtpSecurity explicit(TlsClientOptions tls) {
    return new FtpSecurity(Start.EXPLICIT, tls, true, Resumption.PREFERRED, false);
  }

  /** TLS from the first octet, on a port of its own; everything is protected. */
  public static FtpSecurity implicit(TlsClientOptions tls) {
    return new FtpSecurity(Start.IMPLICIT, tls, true, Resumption.PREFERRED, false);
  }

  public FtpSecurity withStart(Start newStart) {
    return new FtpSecurity(newStart, tls, protectData, resumption, clearControl);
  }

  public FtpSecurity withTls(TlsClientOptions newTls) {
    return new FtpSecurity(start, newTls, protectData, resumption, clearControl);
  }

  public FtpSecurity withResumption(Resumption newResumption) {
    return new FtpSecurity(start, tls, protectData, newResumption, clearControl);
  }

  /** Leaves files readable to anyone on the way; passwords and names stay protected. */
  public FtpSecurity dangerouslyClearData() {
    return new FtpSecurity(start, tls, false, resumption, clearControl);
  }

  /** Leaves names readable to anyone on the way, after the login. */
  public FtpSecurity dangerouslyClearControl() {
    return new FtpSecurity(start, tls, protectData, resumption, true);
  }
}
