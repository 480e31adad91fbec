package dev.sluice.ssh.core;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.test.Conforms;
import java.util.Arrays;

/**
 * Any payloads in any phase of either side, in packets that are in order; the first octet tells
 * which phase, and each payload's first octet how long it is.
 */
final class SshCoreFuzzTest {
  private static final int MAX_OCTETS = 4 * 1024;

  @FuzzTest
  @Conforms("SSH-158")
  void whateverComesTheCoreGoesOnOrEndsWithATypedError(byte[] input) {
    if (input.length < 2 || input.length > MAX_OCTETS) {
      return;
    }
    try (RawPeer peer = inPhase(input[0] & 7)) {
      int at = 1;
      while (at < input.length && peer.failure == null) {
        int length = Math.min((input[at] & 0xFF) + 1, input.length - at - 1);
        at++;
        if (length > 0) {
          peer.payload(Arrays.copyOfRange(input, at, at + length));
        }
        at += Math.max(length, 0);
      }
    }
  }

  private static RawPeer inPhase(int phase) {
    return switch (phase) {
      case 0 -> RawPeer.client().identify();
      case 1 -> RawPeer.client().handshake();
      case 2, 3, 4 -> RawPeer.client().handshake().logIn();
      case 5 -> RawPeer.server(client()).identify();
      default -> RawPeer.server(client()).handshake();
    };
  }

  private static SshCore client() {
    return Cores.clientCore(
        new ClientMethod.WithPassword("secret"), new ClientMethod.WithAnswers());
  }
}
