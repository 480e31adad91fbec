package dev.sluice.testing.inbox;

import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.testing.TestServers;
import java.io.IOException;
import java.nio.file.Path;

/** Serves a directory over SFTP until its standard input ends. */
final class ServerProgram {
  private ServerProgram() {}

  /** Prints the port and the fingerprint. */
  public static void main(String[] arguments) throws IOException {
    try (TestServers servers = TestServers.create().directory(Path.of(arguments[0]))) {
      var server = servers.sftp();
      var policy = (HostKeyPolicy.Pinned) server.client().settings().ssh().settings().hostKeys();
      System.out.println(server.port() + " " + policy.fingerprints().iterator().next());
      while (System.in.read() >= 0) {
        // nothing is expected
      }
    }
  }
}
