package dev.sluice.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A private key and its certificate chain. Immutable; {@code toString} leaves the key out. */
public final class KeyMaterial {
  private static final String ALIAS = "sluice";
  private static final char[] NO_PASSWORD = new char[0];

  private final PrivateKey key;
  private final List<X509Certificate> chain;
  private final Map<TlsProvider, KeyManager[]> managers = new EnumMap<>(TlsProvider.class);

  private KeyMaterial(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /**
   * A key with its certificates.
   *
   * @param chain the key's certificate first, then its issuers; the root may be missing
   */
  public static KeyMaterial of(PrivateKey key, List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a key needs a certificate");
    }
    String keyAlgorithm = family(key.getAlgorithm());
    String certified = family(chain.get(0).getPublicKey().getAlgorithm());
    if (!keyAlgorithm.equals(certified)) {
      throw new IllegalArgumentException(
          "the key is of " + keyAlgorithm + ", the certificate for " + certified);
    }
    if (!KeyPairs.match(key, chain.get(0).getPublicKey())) {
      throw new IllegalArgumentException("the key is not that of the certificate");
    }
    return new KeyMaterial(key, chain);
  }

  /** The only private key in {@code store}, or the first one found. */
  public static KeyMaterial of(KeyStore store, char[] password) {
    try {
      for (String alias : java.util.Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias) && store.getKey(alias, password) instanceof PrivateKey key) {
          List<X509Certificate> chain =
              Arrays.stream(store.getCertificateChain(alias))
                  .map(X509Certificate.class::cast)
                  .toList();
          return of(key, chain);
        }
      }
      throw new IllegalArgumentException("the key store holds no private key");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot read the key store: " + e.getMessage(), e);
    }
  }

  /** The key's certificate, then its issuers. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The key managers through which engines of {@code provider} get the key. Made once. */
  synchronized KeyManager[] managers(TlsProvider provider) {
    return managers.computeIfAbsent(provider, this::newManagers);
  }

  private KeyManager[] newManagers(TlsProvider provider) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(provider.keyManagers(), provider.jsse());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("cannot use the key: " + e.getMessage(), e);
    }
  }

  private static String family(String algorithm) {
    return switch (algorithm) {
      case "ECDSA" -> "EC";
      case "Ed25519", "Ed448" -> "EdDSA";
      case "RSASSA-PSS" -> "RSA";
      default -> algorithm;
    };
  }

  @Override
  public String toString() {
    return "KeyMaterial[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
