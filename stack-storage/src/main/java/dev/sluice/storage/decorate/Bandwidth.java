package dev.sluice.storage.decorate;

/**
 * How many octets a second may move in one direction.
 *
 * @param session of one login
 * @param user of all logins of one user together
 * @param total of all users together
 */
public record Bandwidth(long session, long user, long total) {
  /** More than any device moves. */
  private static final long MOST = 1L << 40;

  /** No limit. */
  public static final Bandwidth UNLIMITED = new Bandwidth(MOST, MOST, MOST);

  public Bandwidth {
    for (long limit : new long[] {session, user, total}) {
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException(limit + " octets a second: not between 1 and 2^40");
      }
    }
  }

  /** A limit for each login. */
  public static Bandwidth ofSession(long octetsPerSecond) {
    return new Bandwidth(octetsPerSecond, MOST, MOST);
  }

  /** This limit, and one for all logins of one user. */
  public Bandwidth withUser(long octetsPerSecond) {
    return new Bandwidth(session, octetsPerSecond, total);
  }

  /** This limit, and one for all users. */
  public Bandwidth withTotal(long octetsPerSecond) {
    return new Bandwidth(session, user, octetsPerSecond);
  }
}
