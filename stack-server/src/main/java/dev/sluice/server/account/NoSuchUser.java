package dev.sluice.server.account;

/** A document has no user of a name. */
public final class NoSuchUser extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** For the name that was given. */
  public NoSuchUser(String name) {
    super("there is no user " + name);
  }
}
