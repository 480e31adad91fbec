package dev.sluice.cli.proof;

import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tree arrives whole, however often its copy is interrupted. A build runs a small version; {@code
 * -Dsluice.proof=full} runs every pair of protocols and the servers of others with a large tree.
 * {@code sluice.proof.pairs} names pairs, such as {@code file>sftp,sshd>file}; {@code
 * sluice.proof.times}, {@code .small}, {@code .sparse}, {@code .sparseMiB} and {@code .seed} change
 * the sizes.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class SyncProofIT {
  private static final boolean FULL = "full".equals(System.getProperty("sluice.proof"));

  @TempDir Path home;

  static List<String> pairs() {
    String chosen = System.getProperty("sluice.proof.pairs");
    if (chosen != null) {
      return List.of(chosen.split(","));
    }
    if (!FULL) {
      return List.of("sshd>file", "file>vsftpd");
    }
    List<String> all = new ArrayList<>();
    for (String from : Sides.OURS) {
      for (String to : Sides.OURS) {
        all.add(from + ">" + to);
      }
    }
    for (String peer : Sides.PEERS) {
      all.add("file>" + peer);
      all.add(peer + ">file");
    }
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void aTreeArrivesWholeHoweverOftenItsCopyIsInterrupted(String pair)
      throws IOException, InterruptedException {
    List<String> names = List.of(pair.split(">"));
    names.forEach(SyncProofIT::require);
    long seed = Long.getLong("sluice.proof.seed", 20261201);
    SourceTree tree =
        new SourceTree(
            Integer.getInteger("sluice.proof.small", FULL ? 2000 : 60),
            Integer.getInteger("sluice.proof.sparse", FULL ? 1 : 0),
            Long.getLong("sluice.proof.sparseMiB", 2150) << 20,
            FULL);
    try (Side from = Sides.open(names.get(0), home);
        Side to = Sides.open(names.get(1), home)) {
      Figures figures =
          new Proof(home, from, to, seed + pair.hashCode())
              .run(tree, Integer.getInteger("sluice.proof.times", FULL ? 10 : 3));
      System.out.println(Figures.head() + "\n" + figures.line() + "  " + figures.lastFailure());
    }
  }

  private static void require(String side) {
    if (Sides.PEERS.contains(side)) {
      Peers.require(side.replace("-tls", ""));
    }
  }
}
