package dev.sluice.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Copies a tree with {@code sluice sync}, interrupts that again and again, and looks after each
 * interruption whether all is well.
 */
final class Proof {
  private static final long LEAST_MILLIS = 250;
  private static final String RETRIES = "8";

  private final Path home;
  private final Side from;
  private final Side to;
  private final Random random;
  private final Expected expected;
  private final Figures figures;
  private final Path journal;
  private long usualMillis = 4000;

  Proof(Path home, Side from, Side to, long seed) {
    this.home = home;
    this.from = from;
    this.to = to;
    this.random = new Random(seed);
    this.expected = new Expected(from, to);
    this.figures = new Figures(from.name(), to.name());
    this.journal = home.resolve("journal-" + seed);
  }

  /** Makes the source, and interrupts its copy so often in each way. */
  Figures run(SourceTree tree, int times) throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    Side.Trait both =
        new Side.Trait(
            from.trait().served() || to.trait().served(),
            from.trait().links() && to.trait().links(),
            from.trait().lines() && to.trait().lines(),
            true);
    tree.make(from.root(), both, random);
    from.own();
    to.own();
    expected.learn();
    figures.tree(expected.files(), expected.octets());
    interrupted(plan(both, times));
    completed();
    figures.took((System.nanoTime() - startNanos) / 1_000_000, from.octets() + to.octets());
    return figures;
  }

  private List<Interruption> plan(Side.Trait both, int times) {
    List<Interruption> all = new ArrayList<>();
    for (Interruption each : Interruption.values()) {
      if (!each.needsServer() || both.served()) {
        all.addAll(Collections.nCopies(times, each));
      }
    }
    Collections.shuffle(all, random);
    return all;
  }

  private void interrupted(List<Interruption> plan) throws IOException, InterruptedException {
    int next = 0;
    while (next < plan.size()) {
      boolean journaled = random.nextBoolean();
      try (SluiceRun sync = SluiceRun.start(home, words(journaled))) {
        figures.run();
        long begun = System.nanoTime();
        while (next < plan.size() && !sync.endsWithin(pause())) {
          Interruption how = plan.get(next);
          if (interrupt(sync, how)) {
            next++;
            figures.interrupted(how);
            expected.requireWhole(from.name() + " to " + to.name() + ", " + how + " " + next);
          }
        }
        if (!sync.isAlive() && sync.status() != 130 && sync.status() != 137) {
          ended(sync, (System.nanoTime() - begun) / 1_000_000);
        }
      }
    }
  }

  private long pause() {
    return LEAST_MILLIS + (long) (random.nextDouble() * usualMillis);
  }

  /** Whether there was something to interrupt. */
  private boolean interrupt(SluiceRun sync, Interruption how)
      throws IOException, InterruptedException {
    switch (how) {
      case KILL, INT -> {
        sync.signal(how.name());
        sync.status();
        return true;
      }
      case CUT -> {
        return from.cut(random) + to.cut(random) > 0;
      }
      case RESTART -> {
        boolean source = from.trait().served() && (!to.trait().served() || random.nextBoolean());
        (source ? from : to).restart();
        return true;
      }
      default -> throw new IllegalStateException(how.name());
    }
  }

  /** It was faster than the interruption, or gave up: there must be something to do again. */
  private void ended(SluiceRun sync, long millis) throws IOException, InterruptedException {
    usualMillis = Math.max(LEAST_MILLIS, (usualMillis + millis) / 2);
    if (sync.status() == 0) {
      figures.complete();
      expected.requireEqual("a run without failures");
      disturb();
    } else {
      figures.gaveUp(sync.err());
      expected.requireWhole("a run that gave up");
    }
  }

  /** Files disappear from the target, others come; some of the source change. */
  private void disturb() throws IOException, InterruptedException {
    Files.deleteIfExists(journal);
    for (Map.Entry<Path, Look.Entry> each : new Look().at(to.root()).entrySet()) {
      if (each.getValue().kind() != 'd' && random.nextInt(10) < 7) {
        Files.delete(to.root().resolve(each.getKey()));
      }
    }
    SourceTree.write(to.root().resolve("extra " + random.nextInt(1000)), 10, random);
    Path directory = Files.createDirectories(to.root().resolve("more" + random.nextInt(1000)));
    SourceTree.write(directory.resolve("inside"), 10, random);
    for (int i = 0; i < 5; i++) {
      SourceTree.write(from.root().resolve("middle" + i), random.nextInt(3 << 20), random);
    }
    from.own();
    to.own();
    expected.learn();
    expected.disturbed();
  }

  private void completed() throws IOException, InterruptedException {
    String name = from.name() + " to " + to.name();
    try (SluiceRun sync = SluiceRun.start(home, words(true))) {
      assertThat(sync.status()).as("%s: %s", name, sync.err()).isZero();
    }
    expected.requireWhole(name + ", at the end");
    try (SluiceRun sync = SluiceRun.start(home, words(false))) {
      assertThat(sync.status()).as("%s: %s", name, sync.err()).isZero();
      assertThat(List.of(sync.summary("copied"), sync.summary("deleted"), sync.summary("failed")))
          .as("%s: a further run moves nothing: %s", name, sync.out())
          .containsOnly(0L);
    }
    expected.requireEqual(name + ", at the end");
    expected.requireTidy(name + ", at the end");
  }

  private List<String> words(boolean journaled) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "sync", "--json", "-p", "--delete", "--retry", RETRIES, "--timeout", "30", "-j"));
    words.add(random.nextBoolean() ? "1" : "4");
    words.addAll(List.of("--links", expected.links() ? "copy" : "follow"));
    if (journaled) {
      words.addAll(List.of("--journal", journal.toString()));
    }
    String both = from.word() + " " + to.word();
    if (both.contains("sftp:")) {
      words.add("--insecure-host-key");
    }
    if (both.contains("ftpes:") || both.contains("ftps:")) {
      words.add("--tls-insecure");
    }
    words.addAll(List.of(from.word(), to.word()));
    return words;
  }
}
