package dev.sluice.api.login;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** The credentials that a client presents to log in. */
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
    /** Longest password that is checked, in characters. */
    public static final int MAX_PASSWORD = 1024;

    /**
     * Whether it may be right. An empty or overlong password is refused before any authenticator
     * sees it: many directories treat an empty password as an anonymous bind (RFC 4513 section
     * 5.1.2), and the client decides how much the digest of a long password costs (CVE-2016-6515).
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
   * A public key. A client may present it without proof first, to find out whether a proof is worth
   * making: an attempt with {@code proven} false admits nobody, and an answer to it must have no
   * effect.
   *
   * @param type the key's type, such as {@code ssh-ed25519}
   * @param blob the key in wire format (RFC 4253 section 6.6)
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
   * @param email what the guest typed as a password
   */
  record Anonymous(String user, String email, InetSocketAddress from) implements LoginAttempt {}
}
