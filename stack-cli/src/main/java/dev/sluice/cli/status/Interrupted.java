package dev.sluice.cli.status;

/** A person has ended a command, and the process goes on. */
public final class Interrupted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Interrupted() {
    super("interrupted");
  }
}
