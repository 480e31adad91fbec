package dev.sluice.cli.proof;

import java.nio.file.Path;
import java.util.Random;

/** A directory of this machine without a server. */
record LocalSide(Path root) implements Side {
  @Override
  public String name() {
    return "file";
  }

  @Override
  public String word() {
    return root.toString();
  }

  @Override
  public Trait trait() {
    return new Trait(false, true, true, true);
  }

  @Override
  public int cut(Random random) {
    return 0;
  }

  @Override
  public void restart() {
    throw new IllegalStateException("nothing serves it");
  }

  @Override
  public long octets() {
    return 0;
  }

  @Override
  public void own() {
    // It is ours already.
  }

  @Override
  public void close() {
    // The test removes it.
  }
}
