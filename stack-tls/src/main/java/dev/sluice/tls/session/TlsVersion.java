package dev.sluice.tls.session;

/** The versions of the protocol that are supported; older ones are broken (RFC 8996). */
public enum TlsVersion {
  TLS_1_2("TLS 1.2", "TLSv1.2"),
  TLS_1_3("TLS 1.3", "TLSv1.3");

  private final String label;
  private final String jsseName;

  TlsVersion(String label, String jsseName) {
    this.label = label;
    this.jsseName = jsseName;
  }

  /** The name for people to read. */
  public String label() {
    return label;
  }

  /** The name that providers use. */
  public String jsseName() {
    return jsseName;
  }

  /** The version that a provider calls {@code jsseName}. */
  public static TlsVersion named(String jsseName) {
    return jsseName.equals(TLS_1_3.jsseName) ? TLS_1_3 : TLS_1_2;
  }
}
