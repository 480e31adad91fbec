package dev.sluice.tls.record;

import org.jspecify.annotations.Nullable;

/** The peer broke a rule of TLS records; the alert says which. */
public final class BrokenRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Alert alert;

  public BrokenRecord(Alert alert, String message) {
    this(alert, message, null);
  }

  /**
   * As above.
   *
   * @param cause says what the peer is when it does not speak TLS at all; null = not known
   */
  public BrokenRecord(Alert alert, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.alert = alert;
  }

  public Alert alert() {
    return alert;
  }
}
