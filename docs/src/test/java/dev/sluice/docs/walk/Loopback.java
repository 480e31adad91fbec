package dev.sluice.docs.walk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** What the runs share. */
final class Loopback {
  static final String SERVER = "127.0.0.1";
  static final String USER = "ann";
  static final String PASSWORD = "secret";
  static final Duration LIMIT = Duration.ofSeconds(30);

  private Loopback() {}

  /** A port that nobody listens to. */
  static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(SERVER))) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
