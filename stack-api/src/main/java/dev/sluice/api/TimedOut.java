package dev.sluice.api;

import java.time.Duration;

/** A wait passed its deadline. */
public final class TimedOut extends TransferException {
  private static final long serialVersionUID = 1L;

  private final String step;

  /**
   * @param step what was waited for, such as {@code greeting} or {@code data connection}
   * @param waited how long
   */
  public TimedOut(String step, Duration waited) {
    super("timed out after " + waited.toMillis() + " ms waiting for: " + step, null);
    this.step = step;
  }

  /** What was waited for. */
  public String step() {
    return step;
  }
}
