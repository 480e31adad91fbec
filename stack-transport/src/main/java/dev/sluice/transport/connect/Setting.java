package dev.sluice.transport.connect;

/** What can be set for clients of several protocols, and not for all of them. */
public enum Setting {
  USER("user"),
  PASSWORD("password"),
  NETRC("netrc"),
  KEY_FILE("keyFile"),
  AGENT("agent"),
  SSH_CONFIG("sshConfig"),
  HOST_KEYS("knownHosts and hostKeys"),
  TRUST("trust"),
  CERTIFICATE("certificate"),
  PROXY("proxy"),
  TRANSPORT("transport"),
  CONNECT_TIMEOUT("connectTimeout"),
  REPLY_TIMEOUT("replyTimeout"),
  OBSERVER("observer, metrics and observations");

  private final String method;

  Setting(String method) {
    this.method = method;
  }

  /** The methods of {@link ClientSettings} that set it. */
  @Override
  public String toString() {
    return method;
  }
}
