package dev.sluice.tls;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;

/**
 * The AES-GCM of the JDK, made as fast in place as with separate buffers.
 *
 * <p>JSSE decrypts every record in place. In place, the JDK cannot use its combined instructions
 * for AES and GHASH, because they would read octets that are already overwritten ({@code
 * com.sun.crypto.provider.GaloisCounterMode}). Decryption then takes about twice as long on
 * processors with AVX-512. This provider first copies the record to another buffer and lets the
 * JDK's cipher work from there.
 *
 * <p>JSSE takes its ciphers from the providers registered with the virtual machine, so this one
 * must be registered, too. A library does not do that by itself: a program that receives much over
 * TLS calls {@link #install()}.
 */
public final class AesGcmProvider extends Provider {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "SluiceAesGcm";

  AesGcmProvider() {
    super(NAME, "1", "AES-GCM that opens in place");
    putService(new Gcm(this));
  }

  /** Makes this the first provider of the virtual machine; further calls change nothing. */
  public static void install() {
    Security.insertProviderAt(new AesGcmProvider(), 1);
  }

  private static final class Gcm extends Service {
    Gcm(Provider provider) {
      super(provider, "Cipher", InPlaceGcm.TRANSFORMATION, InPlaceGcm.class.getName(), null, null);
    }

    @Override
    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
      return new InPlaceGcm();
    }
  }
}
