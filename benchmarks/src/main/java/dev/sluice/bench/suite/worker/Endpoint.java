package dev.sluice.bench.suite.worker;

import java.util.List;

/**
 * A server as a client must know it. Travels as {@value #WORDS} words between tabs.
 *
 * @param protocol what it speaks
 * @param host an address
 * @param port of the control connection, or of SSH
 * @param user who logs in
 * @param password for FTP
 * @param trust a file: for FTPS the authority's certificate, for SFTP the user's private key
 * @param prefix the prefix of paths on the server; empty if the user sees their files as {@code /}
 */
public record Endpoint(
    Protocol protocol,
    String host,
    int port,
    String user,
    String password,
    String trust,
    String prefix) {
  static final int WORDS = 7;

  /** The same behind a relay at another address. */
  public Endpoint at(String newHost) {
    return new Endpoint(protocol, newHost, port, user, password, trust, prefix);
  }

  /** The path of a file on the server. */
  public String path(String name) {
    return prefix + "/" + name;
  }

  /** One line, which {@link #decode} reads. */
  public String encode() {
    return String.join(
        "\t", protocol.name(), host, Integer.toString(port), user, password, trust, prefix);
  }

  /** Reads the words of {@link #encode}. */
  public static Endpoint decode(List<String> words) {
    if (words.size() != WORDS) {
      throw new IllegalArgumentException(words.size() + " words of an endpoint");
    }
    return new Endpoint(
        Protocol.valueOf(words.get(0)),
        words.get(1),
        Integer.parseInt(words.get(2)),
        words.get(3),
        words.get(4),
        words.get(5),
        words.get(6));
  }

  @Override
  public String toString() {
    return protocol + " " + host + ":" + port;
  }
}
