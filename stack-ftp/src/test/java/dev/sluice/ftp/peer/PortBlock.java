package dev.sluice.ftp.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A run of ports that were free a moment ago: the first for the control connection, the rest as the
 * passive range.
 *
 * <p>All lie below the range that the kernel takes outgoing ports from, so that only another
 * program's listener can be in the way.
 *
 * @param first the control port
 */
public record PortBlock(int first) {
  // Pure-FTPd lets in half as many clients as its range has ports.
  private static final int SIZE = 201;
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 200;

  public static PortBlock find(String host) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      PortBlock block = new PortBlock(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - SIZE));
      if (block.isFree(host)) {
        return block;
      }
    }
    throw new PeerFailure("no " + SIZE + " free ports in a row on " + host);
  }

  public int control() {
    return first;
  }

  public int passiveLow() {
    return first + 1;
  }

  public int passiveHigh() {
    return first + SIZE - 1;
  }

  private boolean isFree(String host) {
    for (int port = first; port < first + SIZE; port++) {
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
        if (!probe.isBound()) {
          return false;
        }
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
