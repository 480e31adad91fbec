package dev.sluice.cli.connect;

/**
 * What a command does to reach a server.
 *
 * @param sessions at most with each server that moves one file at a time in a session
 * @param retries how often a login that was cut off is begun again
 */
public record Effort(int sessions, int retries) {
  /** One session, one attempt. */
  public static final Effort LEAST = new Effort(1, 0);

  /** One session, several attempts. */
  public static Effort again(int retries) {
    return new Effort(1, retries);
  }
}
