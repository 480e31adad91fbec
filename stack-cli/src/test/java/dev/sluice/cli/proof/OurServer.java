package dev.sluice.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code sluice serve} as a process that can be killed and started again. */
final class OurServer implements AutoCloseable {
  private static final int PATIENCE_STEPS = 3000;
  private static final long STEP_MILLIS = 20;

  private final Path home;
  private final List<String> words;
  private SluiceRun process;

  private OurServer(Path home, List<String> words, SluiceRun process) {
    this.home = home;
    this.words = words;
    this.process = process;
  }

  static OurServer start(Path home, List<String> words) throws IOException, InterruptedException {
    return new OurServer(home, words, started(home, words));
  }

  void restart() throws IOException, InterruptedException {
    process.close();
    process = started(home, words);
  }

  @Override
  public void close() {
    process.close();
  }

  private static SluiceRun started(Path home, List<String> words)
      throws IOException, InterruptedException {
    SluiceRun made = SluiceRun.start(home, words);
    int left = PATIENCE_STEPS;
    while (!made.out().contains("ready ")) {
      assertThat(made.endsWithin(STEP_MILLIS) || left-- == 0)
          .as("serves: %s", made.err())
          .isFalse();
    }
    return made;
  }
}
