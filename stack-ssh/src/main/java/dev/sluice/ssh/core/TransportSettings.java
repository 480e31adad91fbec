package dev.sluice.ssh.core;

import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.packet.Identification;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.WireLog;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How a core behaves below the services.
 *
 * @param algorithms whose host key algorithms, on a server, are those it has keys for
 * @param hostKeys of a server, at least one; of a client none
 * @param minRsaBits a host key of fewer bits is refused
 * @param strictOnly whether peers without strict key exchange are refused where they could be cut
 *     short (CVE-2023-48795)
 * @param trace hears what kind of message goes either way; see {@link WireLog}
 * @param unknownHostKeys of the keys that a server says it has, those whose proof a client wants
 */
public record TransportSettings(
    Role role,
    Identification identification,
    SshAlgorithms algorithms,
    List<SshKeyPair> hostKeys,
    int minRsaBits,
    boolean strictOnly,
    RekeyPolicy rekey,
    TransportLimits limits,
    UnaryOperator<List<SshPublicKey>> unknownHostKeys,
    SecureRandom random,
    Consumer<String> trace) {

  public TransportSettings {
    hostKeys = List.copyOf(hostKeys);
  }

  void requireSafe(Agreement agreed, boolean strict) {
    if (strict || !strictOnly) {
      return;
    }
    if (isOpenToTruncation(agreed.toServer()) || isOpenToTruncation(agreed.toClient())) {
      throw SshViolation.keyExchange(
          "negotiation: the peer is not strict, so that packets protected by "
              + agreed
              + " could be dropped unseen (CVE-2023-48795); allow it by withStrictOnly(false)");
    }
  }

  private static boolean isOpenToTruncation(Agreement.Lane lane) {
    CipherAlgorithm cipher = lane.cipher();
    return cipher.name().startsWith("chacha20-")
        || cipher.name().endsWith("-cbc") && lane.mac().encryptThenMac();
  }
}
