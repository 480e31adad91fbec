package dev.sluice.tls.record;

/** The peer sent what no TLS peer may send; the alert says which rule it broke. */
public final class BrokenRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Alert alert;

  public BrokenRecord(Alert alert, String message) {
    super(message);
    this.alert = alert;
  }

  public Alert alert() {
    return alert;
  }
}
