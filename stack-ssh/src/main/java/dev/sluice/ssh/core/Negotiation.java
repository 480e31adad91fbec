package dev.sluice.ssh.core;

import dev.sluice.ssh.PacketAlgorithms;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.CompressionAlgorithm;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.kex.KexAlgorithm;
import dev.sluice.ssh.kex.KexAlgorithms;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.wire.SshViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Picks what both sides support: from each list, the client's first entry that the server has too
 * (RFC 4253 section 7.1).
 */
final class Negotiation {
  /**
   * What a list is called where it is set.
   *
   * @param legacy names in it that are offered only when asked for
   */
  private record Setting(String library, String config, List<String> legacy) {
    static final Setting KEX =
        new Setting("kex", "KexAlgorithms", names(KexAlgorithms.LEGACY, KexAlgorithm::name));
    static final Setting HOST_KEYS =
        new Setting(
            "hostKeys",
            "HostKeyAlgorithms",
            names(SignatureAlgorithms.LEGACY, SignatureAlgorithm::name));
    static final Setting CIPHERS =
        new Setting("ciphers", "Ciphers", names(Ciphers.LEGACY, CipherAlgorithm::name));
    static final Setting MACS = new Setting("macs", "MACs", names(Macs.LEGACY, MacAlgorithm::name));
    static final Setting COMPRESSIONS = new Setting("compressions", "Compression", List.of());
  }

  private final Role role;
  private final SshAlgorithms algorithms;
  private final KexInit ours;
  private final KexInit theirs;

  /**
   * @param ours what we sent
   * @param algorithms the algorithms that its names stand for
   */
  Negotiation(Role role, SshAlgorithms algorithms, KexInit ours, KexInit theirs) {
    this.role = role;
    this.algorithms = algorithms;
    this.ours = ours;
    this.theirs = theirs;
  }

  /** The message that offers {@code algorithms}; {@code markers} follow the methods. */
  static KexInit offer(SshAlgorithms algorithms, byte[] cookie, List<String> markers) {
    List<String> methods = new ArrayList<>(names(algorithms.kex(), KexAlgorithm::name));
    methods.addAll(markers);
    return new KexInit(
        cookie,
        methods,
        names(algorithms.hostKeys(), SignatureAlgorithm::name),
        names(algorithms.clientToServer()),
        names(algorithms.serverToClient()),
        false);
  }

  Agreement agree() {
    KexAlgorithm kex =
        pick(
            Setting.KEX,
            "key exchange methods",
            KexInit::kex,
            algorithms.kex(),
            KexAlgorithm::name);
    SignatureAlgorithm hostKey =
        pick(
            Setting.HOST_KEYS,
            "host key algorithms",
            KexInit::hostKeys,
            algorithms.hostKeys(),
            SignatureAlgorithm::name);
    return new Agreement(
        kex,
        hostKey,
        lane("client to server", algorithms.clientToServer(), KexInit::toServer),
        lane("server to client", algorithms.serverToClient(), KexInit::toClient));
  }

  /** Whether the packet that follows the peer's message was made for another choice. */
  boolean guessWasWrong() {
    return theirs.firstKexPacketFollows()
        && !(first(ours.kex()).equals(first(theirs.kex()))
            && first(ours.hostKeys()).equals(first(theirs.hostKeys())));
  }

  private Agreement.Lane lane(
      String direction, PacketAlgorithms lane, Function<KexInit, KexInit.Direction> side) {
    CipherAlgorithm cipher =
        pick(
            Setting.CIPHERS,
            "ciphers " + direction,
            init -> side.apply(init).ciphers(),
            lane.ciphers(),
            CipherAlgorithm::name);
    MacAlgorithm mac =
        cipher.isAead()
            ? Macs.NONE
            : pick(
                Setting.MACS,
                "MACs " + direction,
                init -> side.apply(init).macs(),
                lane.macs(),
                MacAlgorithm::name);
    CompressionAlgorithm compression =
        pick(
            Setting.COMPRESSIONS,
            "compressions " + direction,
            init -> side.apply(init).compressions(),
            lane.compressions(),
            CompressionAlgorithm::name);
    return new Agreement.Lane(cipher, mac, compression);
  }

  private <A> A pick(
      Setting setting,
      String what,
      Function<KexInit, List<String>> list,
      List<A> known,
      Function<A, String> name) {
    List<String> mine = list.apply(ours);
    List<String> peers = list.apply(theirs);
    List<String> clients = role.isClient() ? mine : peers;
    List<String> servers = role.isClient() ? peers : mine;
    for (String candidate : clients) {
      if (servers.contains(candidate)) {
        for (A algorithm : known) { // a marker is in both lists and is not an algorithm
          if (name.apply(algorithm).equals(candidate)) {
            return algorithm;
          }
        }
      }
    }
    throw SshViolation.keyExchange(
        "negotiation: no "
            + what
            + " in common: we offer "
            + mine
            + ", the peer offers "
            + peers
            + "; "
            + remedy(setting, peers));
  }

  /** The remedy, in the words of the person who can apply it. */
  private String remedy(Setting setting, List<String> peers) {
    boolean old = setting.legacy().stream().anyMatch(peers::contains);
    String library = "SshAlgorithms." + setting.library();
    return old
        ? "the peer knows old algorithms only: allow them with --legacy, "
            + setting.config()
            + " in ssh_config, or withDangerouslyOldOnes() of SshAlgorithms"
        : "add one of the peer's to " + library + " or to " + setting.config() + " in ssh_config";
  }

  private static KexInit.Direction names(PacketAlgorithms lane) {
    return new KexInit.Direction(
        names(lane.ciphers(), CipherAlgorithm::name),
        names(lane.macs(), MacAlgorithm::name),
        names(lane.compressions(), CompressionAlgorithm::name));
  }

  private static <A> List<String> names(List<A> algorithms, Function<A, String> name) {
    return algorithms.stream().map(name).toList();
  }

  private static String first(List<String> names) {
    return names.isEmpty() ? "" : names.get(0);
  }
}
