package dev.sluice.ssh.core;

import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.message.TransportMessage.ExtInfo;
import dev.sluice.ssh.wire.SshViolation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sides announce to each other in EXT_INFO (RFC 8308, OpenSSH PROTOCOL). */
final class Extensions {
  private static final String SIGNATURE_ALGORITHMS = "server-sig-algs";
  private static final String HOST_BOUND = "publickey-hostbound@openssh.com";
  private static final String PING = "ping@openssh.com";
  private static final byte[] VERSION_0 = {'0'};

  private final Role role;
  private @Nullable List<String> signatureAlgorithms;
  private boolean hostBound;
  private boolean ping;
  private boolean closed;
  private int received;

  Extensions(Role role) {
    this.role = role;
  }

  /** What a server says after its first NEWKEYS. */
  static ExtInfo ofServer(List<SignatureAlgorithm> publicKeys) {
    String names = String.join(",", publicKeys.stream().map(SignatureAlgorithm::name).toList());
    return new ExtInfo(
        List.of(
            new ExtInfo.Extension(SIGNATURE_ALGORITHMS, names.getBytes(StandardCharsets.US_ASCII)),
            new ExtInfo.Extension(HOST_BOUND, VERSION_0),
            new ExtInfo.Extension(PING, VERSION_0)));
  }

  /** Takes the peer's; a server may send a second one before the login ends. */
  void on(ExtInfo message) {
    int most = role.isClient() ? 2 : 1;
    if (closed || ++received > most) {
      throw SshViolation.protocol("extensions: EXT_INFO at a time when none may come");
    }
    for (ExtInfo.Extension extension : message.extensions()) {
      switch (extension.name()) {
        case SIGNATURE_ALGORITHMS -> signatureAlgorithms = names(extension.value());
        case HOST_BOUND -> hostBound = true;
        case PING -> ping = true;
        default -> {} // RFC 8308 section 2.5: unknown ones are ignored
      }
    }
  }

  /** From here on, EXT_INFO is a violation. */
  void close() {
    closed = true;
  }

  /** The signature algorithms that the server takes from users; null = it says nothing. */
  @Nullable List<String> signatureAlgorithms() {
    return signatureAlgorithms;
  }

  boolean hostBound() {
    return hostBound;
  }

  boolean ping() {
    return ping;
  }

  private static List<String> names(byte[] value) {
    return List.of(new String(value, StandardCharsets.US_ASCII).split(","));
  }
}
