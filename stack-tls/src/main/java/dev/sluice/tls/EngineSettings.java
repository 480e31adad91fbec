package dev.sluice.tls;

import dev.sluice.tls.session.TlsVersion;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;

/** What every engine is set to, whatever the JVM's own settings are (RFC 9325 section 4). */
final class EngineSettings {
  /** Forward secrecy and authenticated encryption, the fastest first. */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Of Bouncy Castle; with the JDK's provider the API of Java 17 cannot choose. */
  private static final String[] GROUPS = {
    "X25519MLKEM768", "x25519", "secp256r1", "secp384r1",
  };

  private EngineSettings() {}

  /** Sets versions, suites, groups and protocols. Parameters set before are lost. */
  static SSLParameters apply(SSLEngine engine, Set<TlsVersion> versions, List<String> protocols) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(
        versions.stream()
            .sorted(Comparator.reverseOrder())
            .map(TlsVersion::jsseName)
            .toArray(String[]::new));
    List<String> supported = Arrays.asList(engine.getSupportedCipherSuites());
    parameters.setCipherSuites(SUITES.stream().filter(supported::contains).toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    if (!protocols.isEmpty()) {
      parameters.setApplicationProtocols(protocols.toArray(new String[0]));
    }
    return parameters;
  }

  /** What only some providers can be told; behind the parameters. */
  static void chooseGroups(SSLEngine engine) {
    if (engine instanceof BCSSLEngine bouncyCastle) {
      BCSSLParameters parameters = bouncyCastle.getParameters();
      parameters.setNamedGroups(GROUPS);
      bouncyCastle.setParameters(parameters);
    }
  }
}
