package dev.sluice.cli.status;

import java.util.function.Supplier;

/** The command was called in a way that cannot work. */
public final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageError(String message) {
    super(message);
  }

  /** What {@code reading} gives; an argument that it refuses was wrong usage. */
  public static <T> T unless(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }
}
