package dev.sluice.transport.connect;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a client speaks TLS.
 *
 * @param trust null = the authorities that the JDK trusts
 * @param certificate what is shown if the server asks for one; null = nothing
 */
@RecordBuilder
public record TlsSettings(@Nullable TlsTrust trust, @Nullable Certificate certificate)
    implements TlsSettingsBuilder.With {
  /** Trusts whom the JDK trusts, and shows nothing. */
  public static final TlsSettings DEFAULT = new TlsSettings(null, null);

  /**
   * A certificate and its key, both in PEM.
   *
   * @param password of an encrypted key; empty = it is not encrypted
   */
  public record Certificate(Path chain, Path key, char[] password) {
    public Certificate {
      password = password.clone();
    }

    @Override
    public String toString() {
      return "Certificate[" + chain + "]";
    }
  }
}
