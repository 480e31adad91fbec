package dev.sluice.ssh.core;

import org.jspecify.annotations.Nullable;

/** What is computed or decided outside a core; it handles no packet meanwhile. */
final class Suspension {
  private int works;
  private @Nullable Runnable trusted;

  boolean isOn() {
    return works > 0 || trusted != null;
  }

  /** Something is computed. */
  void workBegins() {
    works++;
  }

  void workEnds() {
    works--;
  }

  /** A host's key is judged; {@code then} follows if it is trusted. */
  void askTrust(Runnable then) {
    trusted = then;
  }

  /** The key is trusted: what is to follow. */
  Runnable trusted() {
    Runnable then = trusted;
    if (then == null) {
      throw new IllegalStateException("no host key was shown");
    }
    trusted = null;
    return then;
  }
}
