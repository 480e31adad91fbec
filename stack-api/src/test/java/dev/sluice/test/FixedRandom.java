package dev.sluice.test;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * Randomness that is the same in every run: as a {@code SecureRandom} it fits wherever the code
 * under test takes any source of random numbers.
 */
public final class FixedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient SplittableRandom source;

  /** Starts the sequence that belongs to {@code seed}. */
  public FixedRandom(long seed) {
    this.source = new SplittableRandom(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
  }
}
