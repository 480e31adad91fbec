package dev.sluice.ssh.key.trust;

import java.util.Locale;

/** What a server is called in known_hosts (sshd(8), SSH_KNOWN_HOSTS). */
final class HostName {
  private static final int DEFAULT_PORT = 22;

  private HostName() {}

  /** {@code host}, or {@code [host]:port} for other ports than 22; lower case. */
  static String of(String host, int port) {
    String lower = host.toLowerCase(Locale.ROOT);
    return port == DEFAULT_PORT ? lower : "[" + lower + "]:" + port;
  }
}
