package dev.sluice.ssh.core;

import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.CompressionAlgorithm;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.kex.KexAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.message.KexInit;
import java.util.List;
import java.util.function.Function;

/**
 * The algorithms that one side is willing to use, best first.
 *
 * @param hostKeys what the server may prove itself with
 * @param toServer for packets of the client
 * @param toClient for packets of the server
 */
public record Proposal(
    List<KexAlgorithm> kex, List<SignatureAlgorithm> hostKeys, Lane toServer, Lane toClient) {

  public Proposal {
    kex = List.copyOf(kex);
    hostKeys = List.copyOf(hostKeys);
  }

  /** What may protect packets of one direction. */
  public record Lane(
      List<CipherAlgorithm> ciphers,
      List<MacAlgorithm> macs,
      List<CompressionAlgorithm> compressions) {

    public Lane {
      ciphers = List.copyOf(ciphers);
      macs = List.copyOf(macs);
      compressions = List.copyOf(compressions);
    }

    KexInit.Direction names() {
      return new KexInit.Direction(
          Proposal.names(ciphers, CipherAlgorithm::name),
          Proposal.names(macs, MacAlgorithm::name),
          Proposal.names(compressions, CompressionAlgorithm::name));
    }
  }

  /** The same with other algorithms for host keys. */
  public Proposal withHostKeys(List<SignatureAlgorithm> algorithms) {
    return new Proposal(kex, algorithms, toServer, toClient);
  }

  /** The message that tells it; {@code markers} go behind the methods. */
  KexInit kexInit(byte[] cookie, List<String> markers) {
    List<String> methods =
        java.util.stream.Stream.concat(kex.stream().map(KexAlgorithm::name), markers.stream())
            .toList();
    return new KexInit(
        cookie,
        methods,
        names(hostKeys, SignatureAlgorithm::name),
        toServer.names(),
        toClient.names(),
        false);
  }

  private static <A> List<String> names(List<A> algorithms, Function<A, String> name) {
    return algorithms.stream().map(name).toList();
  }
}
