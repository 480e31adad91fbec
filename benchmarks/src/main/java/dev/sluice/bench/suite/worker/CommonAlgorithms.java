package dev.sluice.bench.suite.worker;

import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.kex.KexAlgorithms;
import java.util.List;

/** What every SSH client and server of a comparison can do, so that all do the same. */
final class CommonAlgorithms {
  private CommonAlgorithms() {}

  static SshAlgorithms of(SshAlgorithms defaults) {
    return defaults
        .withKex(List.of(KexAlgorithms.CURVE25519))
        .withPackets(defaults.clientToServer().withCiphers(List.of(Ciphers.AES128_GCM)));
  }
}
