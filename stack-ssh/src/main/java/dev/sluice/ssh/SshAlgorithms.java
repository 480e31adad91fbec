package dev.sluice.ssh;

import dev.sluice.ssh.kex.KexAlgorithm;
import dev.sluice.ssh.kex.KexAlgorithms;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which algorithms a side agrees to, most preferred first in each list. Immutable.
 *
 * @param kex key exchange methods
 * @param hostKeys algorithms that servers may prove themselves with
 * @param publicKeys algorithms that users may prove themselves with
 * @param clientToServer for what the client sends
 * @param serverToClient for what the server sends
 */
public record SshAlgorithms(
    List<KexAlgorithm> kex,
    List<SignatureAlgorithm> hostKeys,
    List<SignatureAlgorithm> publicKeys,
    PacketAlgorithms clientToServer,
    PacketAlgorithms serverToClient) {

  public SshAlgorithms {
    kex = List.copyOf(kex);
    hostKeys = List.copyOf(hostKeys);
    publicKeys = List.copyOf(publicKeys);
    if (kex.isEmpty() || hostKeys.isEmpty()) {
      throw new IllegalArgumentException("no key exchange or no host key is left to offer");
    }
  }

  /** What a client offers by default: nothing that is known to be weak. */
  public static SshAlgorithms forClient() {
    return defaults(KexAlgorithms.CLIENT);
  }

  /** What a server offers by default: nothing weak, and nothing that invites abuse. */
  public static SshAlgorithms forServer() {
    return defaults(KexAlgorithms.SERVER);
  }

  /**
   * The same with what old peers need at the end of each list: CBC ciphers, SHA-1 in MACs, in
   * signatures and in the key exchange. An attacker on the path may be able to break these.
   */
  public SshAlgorithms withDangerouslyOldOnes() {
    return new SshAlgorithms(
        joined(kex, KexAlgorithms.LEGACY),
        joined(hostKeys, SignatureAlgorithms.LEGACY),
        joined(publicKeys, SignatureAlgorithms.LEGACY),
        clientToServer.withLegacy(),
        serverToClient.withLegacy());
  }

  /** The same with these key exchange methods. */
  public SshAlgorithms withKex(List<KexAlgorithm> newKex) {
    return new SshAlgorithms(newKex, hostKeys, publicKeys, clientToServer, serverToClient);
  }

  /** The same with these algorithms of host keys. */
  public SshAlgorithms withHostKeys(List<SignatureAlgorithm> newHostKeys) {
    return new SshAlgorithms(kex, newHostKeys, publicKeys, clientToServer, serverToClient);
  }

  /** The same with these algorithms of users' keys. */
  public SshAlgorithms withPublicKeys(List<SignatureAlgorithm> newPublicKeys) {
    return new SshAlgorithms(kex, hostKeys, newPublicKeys, clientToServer, serverToClient);
  }

  /** The same with these for the packets, in both directions. */
  public SshAlgorithms withPackets(PacketAlgorithms both) {
    return withPackets(both, both);
  }

  /** The same with these for the packets, separately for each direction. */
  public SshAlgorithms withPackets(PacketAlgorithms toServer, PacketAlgorithms toClient) {
    return new SshAlgorithms(kex, hostKeys, publicKeys, toServer, toClient);
  }

  static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }

  private static SshAlgorithms defaults(List<KexAlgorithm> kex) {
    return new SshAlgorithms(
        kex,
        SignatureAlgorithms.DEFAULT,
        SignatureAlgorithms.DEFAULT,
        PacketAlgorithms.DEFAULT,
        PacketAlgorithms.DEFAULT);
  }
}
