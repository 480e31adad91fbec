package dev.sluice.ssh.client;

import dev.sluice.ssh.PacketAlgorithms;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.CompressionAlgorithm;
import dev.sluice.ssh.algorithm.Compressions;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.config.HostConfig;
import dev.sluice.ssh.kex.KexAlgorithm;
import dev.sluice.ssh.kex.KexAlgorithms;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The algorithms that a configuration asks for.
 *
 * @param settings of the host
 * @param warnings receives a sentence for each name that is not supported
 */
record ConfiguredAlgorithms(HostConfig settings, Consumer<String> warnings) {

  /** What is offered instead of {@code before}. */
  SshAlgorithms over(SshAlgorithms before) {
    return before
        .withKex(
            of("KexAlgorithms", before.kex())
                .of(KexAlgorithms.CLIENT, KexAlgorithms.LEGACY, KexAlgorithm::name))
        .withHostKeys(signatures("HostKeyAlgorithms", before.hostKeys()))
        .withPublicKeys(signatures("PubkeyAcceptedAlgorithms", before.publicKeys()))
        .withPackets(packets(before.clientToServer()), packets(before.serverToClient()));
  }

  private List<SignatureAlgorithm> signatures(String keyword, List<SignatureAlgorithm> before) {
    return of(keyword, before)
        .of(SignatureAlgorithms.DEFAULT, SignatureAlgorithms.LEGACY, SignatureAlgorithm::name);
  }

  private PacketAlgorithms packets(PacketAlgorithms before) {
    List<CipherAlgorithm> ciphers =
        of("Ciphers", before.ciphers()).of(Ciphers.DEFAULT, Ciphers.LEGACY, CipherAlgorithm::name);
    List<MacAlgorithm> macs =
        of("MACs", before.macs()).of(Macs.DEFAULT, Macs.LEGACY, MacAlgorithm::name);
    List<CompressionAlgorithm> compressions =
        settings.value("compression").isEmpty()
            ? before.compressions()
            : settings.flag("compression", false)
                ? List.of(Compressions.ZLIB_DELAYED, Compressions.NONE)
                : List.of(Compressions.NONE, Compressions.ZLIB_DELAYED);
    return new PacketAlgorithms(ciphers, macs, compressions);
  }

  private <A> Choice<A> of(String keyword, List<A> before) {
    return (usual, legacy, name) ->
        settings
            .value(keyword.toLowerCase(Locale.ROOT))
            .map(
                text ->
                    new AlgorithmList<>(
                            keyword, AlgorithmList.joined(usual, legacy), name, warnings)
                        .apply(text, before))
            .orElse(before);
  }

  private interface Choice<A> {
    List<A> of(List<A> usual, List<A> legacy, Function<A, String> name);
  }
}
