package dev.sluice.cli.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** A directory that a server serves; the way to it can be cut. */
record ServedSide(
    String name,
    Path root,
    String word,
    Trait trait,
    BreakableRelay relay,
    Step restarting,
    Step owning,
    Step closing)
    implements Side {

  /** Something that takes time and can fail. */
  interface Step {
    void run() throws IOException, InterruptedException;
  }

  @Override
  public int cut(Random random) {
    return relay.cut(random);
  }

  @Override
  public void restart() throws IOException, InterruptedException {
    restarting.run();
  }

  @Override
  public long octets() {
    return relay.octets();
  }

  @Override
  public void own() throws IOException, InterruptedException {
    owning.run();
  }

  @Override
  public void close() {
    relay.close();
    try {
      closing.run();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
