package dev.sluice.transport.connect;

import reactor.core.publisher.Mono;

/**
 * Who logs in. Never shows a secret.
 *
 * @param user empty = nobody was named
 * @param password asks for it; to be subscribed to once per login. Completes empty if there is
 *     none, and signals {@link dev.sluice.api.TimedOut} after two minutes
 * @param atHand whether {@code password} needs nobody to be asked
 */
public record Login(String user, Mono<String> password, boolean atHand) {
  /** Nobody. */
  public static final Login NOBODY = new Login("", Mono.empty(), true);

  @Override
  public String toString() {
    return "Login[" + user + "]";
  }
}
