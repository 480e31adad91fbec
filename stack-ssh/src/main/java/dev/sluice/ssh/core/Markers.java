package dev.sluice.ssh.core;

import java.util.List;

/**
 * Names in the first KEXINIT that are not key exchange methods: strict key exchange (OpenSSH
 * PROTOCOL section 1.10) and extensions (RFC 8308 section 2.1).
 */
final class Markers {
  private static final String STRICT_CLIENT = "kex-strict-c-v00@openssh.com";
  private static final String STRICT_SERVER = "kex-strict-s-v00@openssh.com";
  private static final String STANDARD_STRICT_CLIENT = "kex-strict-c";
  private static final String STANDARD_STRICT_SERVER = "kex-strict-s";
  private static final String EXTENSIONS_CLIENT = "ext-info-c";
  private static final String EXTENSIONS_SERVER = "ext-info-s";

  private final Role role;
  private boolean strict;
  private boolean extensions;

  Markers(Role role) {
    this.role = role;
  }

  /** What we append to our methods. */
  List<String> ours() {
    return role.isClient()
        ? List.of(EXTENSIONS_CLIENT, STANDARD_STRICT_CLIENT, STRICT_CLIENT)
        : List.of(EXTENSIONS_SERVER, STANDARD_STRICT_SERVER, STRICT_SERVER);
  }

  void peerOffers(List<String> names) {
    strict =
        role.isClient()
            ? names.contains(STRICT_SERVER) || names.contains(STANDARD_STRICT_SERVER)
            : names.contains(STRICT_CLIENT) || names.contains(STANDARD_STRICT_CLIENT);
    extensions = names.contains(role.isClient() ? EXTENSIONS_SERVER : EXTENSIONS_CLIENT);
  }

  /** Whether both sides want strict key exchange. */
  boolean strict() {
    return strict;
  }

  /** Whether the peer wants to hear of extensions. */
  boolean extensions() {
    return extensions;
  }
}
