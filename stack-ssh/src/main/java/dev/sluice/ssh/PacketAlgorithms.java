package dev.sluice.ssh;

import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.CompressionAlgorithm;
import dev.sluice.ssh.algorithm.Compressions;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.algorithm.Macs;
import java.util.List;

/**
 * The algorithms allowed for the packets of one direction, most preferred first.
 *
 * @param ciphers at least one
 * @param macs may be empty if every cipher authenticates
 * @param compressions at least one
 */
public record PacketAlgorithms(
    List<CipherAlgorithm> ciphers,
    List<MacAlgorithm> macs,
    List<CompressionAlgorithm> compressions) {

  static final PacketAlgorithms DEFAULT =
      new PacketAlgorithms(Ciphers.DEFAULT, Macs.DEFAULT, Compressions.ALL);

  public PacketAlgorithms {
    ciphers = List.copyOf(ciphers);
    macs = List.copyOf(macs);
    compressions = List.copyOf(compressions);
    if (ciphers.isEmpty() || compressions.isEmpty()) {
      throw new IllegalArgumentException("no cipher or no compression is left to offer");
    }
    if (macs.isEmpty() && !ciphers.stream().allMatch(CipherAlgorithm::isAead)) {
      throw new IllegalArgumentException("a cipher needs a MAC and none is left to offer");
    }
  }

  /** The same with these ciphers. */
  public PacketAlgorithms withCiphers(List<CipherAlgorithm> newCiphers) {
    return new PacketAlgorithms(newCiphers, macs, compressions);
  }

  /** The same with these MACs. */
  public PacketAlgorithms withMacs(List<MacAlgorithm> newMacs) {
    return new PacketAlgorithms(ciphers, newMacs, compressions);
  }

  /** The same with these compressions. */
  public PacketAlgorithms withCompressions(List<CompressionAlgorithm> newCompressions) {
    return new PacketAlgorithms(ciphers, macs, newCompressions);
  }

  PacketAlgorithms withLegacy() {
    return new PacketAlgorithms(
        SshAlgorithms.joined(ciphers, Ciphers.LEGACY),
        SshAlgorithms.joined(macs, Macs.LEGACY),
        compressions);
  }
}
