package dev.sluice.tls;

import dev.sluice.tls.session.TlsVersion;
import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * The provider that does the cryptography. Choosing one that is not available fails at once; there
 * is no silent fallback. No provider is registered with the virtual machine; see {@link
 * AesGcmProvider} for one that a program may register.
 */
public enum TlsProvider {
  /** The JDK's own. Resumes sessions in TLS 1.2 and 1.3. */
  SUN_JSSE(false),
  /** Bouncy Castle. Has {@code X25519MLKEM768}; does not resume TLS 1.3. */
  BOUNCY_CASTLE(true),
  /** Bouncy Castle over its FIPS module in approved mode, which must be on the class path. */
  BOUNCY_CASTLE_FIPS(true);

  private static final String FIPS_PROVIDER =
      "org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider";

  private final boolean handshakesInCalls;

  TlsProvider(boolean handshakesInCalls) {
    this.handshakesInCalls = handshakesInCalls;
  }

  /** Whether sessions of {@code version} can be resumed. */
  public boolean resumes(TlsVersion version) {
    return this == SUN_JSSE || version == TlsVersion.TLS_1_2;
  }

  /** Whether its calls may compute for a long time during a handshake. */
  boolean handshakesInCalls() {
    return handshakesInCalls;
  }

  boolean isBouncyCastle() {
    return this != SUN_JSSE;
  }

  /**
   * The name of its algorithm for key managers. The JDK's SunX509 keeps keys decrypted; NewSunX509
   * would decrypt its key store, with 10,000 rounds of PBKDF2, at every resumption.
   */
  String keyManagers() {
    return isBouncyCastle() ? "PKIX" : "SunX509";
  }

  /** Its JSSE provider; throws {@link IllegalStateException} when it is not available. */
  Provider jsse() {
    return switch (this) {
      case SUN_JSSE -> Sun.JSSE;
      case BOUNCY_CASTLE -> BouncyCastle.JSSE;
      case BOUNCY_CASTLE_FIPS -> fips();
    };
  }

  private static Provider fips() {
    try {
      Object module = Class.forName(FIPS_PROVIDER).getConstructor().newInstance();
      return new BouncyCastleJsseProvider(true, (Provider) module);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("BOUNCY_CASTLE_FIPS needs bc-fips on the class path", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the FIPS module cannot be started: " + e.getMessage(), e);
    }
  }

  /** Made when first used. */
  private static final class Sun {
    static final Provider JSSE = java.security.Security.getProvider("SunJSSE");
  }

  private static final class BouncyCastle {
    static final Provider JSSE = new BouncyCastleJsseProvider(false, new BouncyCastleProvider());
  }
}
