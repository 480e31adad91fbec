package dev.sluice.api.login;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a client shows to be let in. */
public sealed interface LoginAttempt {

  /** The name given, unverified; escape it before it is logged. */
  String user();

  /** Where the client comes from. */
  InetSocketAddress from();

  /**
   * A password.
   *
   * @param password at most {@link #MAX_PASSWORD} characters; never logged
   */
  record Password(String user, String password, InetSocketAddress from) implements LoginAttempt {
    /** Characters of the longest password looked at. */
    public static final int MAX_PASSWORD = 1024;

    /**
     * Whether it may be right. One that is empty or too long is refused before any authenticator
     * sees it: an empty one is an anonymous bind to many directories (RFC 4513 section 5.1.2), and
     * to digest a long one costs as much as the client likes (CVE-2016-6515).
     */
    public boolean isPlausible() {
      return !password.isEmpty() && password.length() <= MAX_PASSWORD;
    }

    @Override
    public String toString() {
      return "Password[user=" + dev.sluice.api.RawName.escape(user) + ", from=" + from + "]";
    }
  }

  /**
   * A certificate whose chain and key the handshake has verified (RFC 4217 section 4.2).
   *
   * @param chain the client's own first; never empty
   */
  record Certificate(String user, List<X509Certificate> chain, InetSocketAddress from)
      implements LoginAttempt {
    public Certificate {
      chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
      return "Certificate[user="
          + dev.sluice.api.RawName.escape(user)
          + ", subject="
          + chain.get(0).getSubjectX500Principal()
          + ", from="
          + from
          + "]";
    }
  }

  /**
   * A public key. Shown before it is proved, to find out whether the proof is worth making: {@code
   * proven} false lets nobody in, and an answer to it must have no effect.
   *
   * @param type the key's type, as {@code ssh-ed25519}
   * @param blob the key as it travels (RFC 4253 section 6.6)
   * @param fingerprint {@code SHA256:} and unpadded base64
   * @param proven whether the client has proved that it holds the private key
   */
  record PublicKey(
      String user,
      String type,
      byte[] blob,
      String fingerprint,
      boolean proven,
      InetSocketAddress from)
      implements LoginAttempt {
    @Override
    public String toString() {
      return "PublicKey[user="
          + dev.sluice.api.RawName.escape(user)
          + ", "
          + fingerprint
          + (proven ? ", proven" : "")
          + ", from="
          + from
          + "]";
    }
  }

  /**
   * A guest who names no account (RFC 1635).
   *
   * @param email what the guest typed for a password
   */
  record Anonymous(String user, String email, InetSocketAddress from) implements LoginAttempt {}
}
