package dev.sluice.server.listen;

import java.time.Instant;

/**
 * The certificate that a listener shows to its clients.
 *
 * @param listener the URL of the listener
 * @param subject its distinguished name, RFC 2253
 * @param ends the moment after which clients refuse it
 */
public record ShownCertificate(String listener, String subject, Instant ends) {
  /** Whether clients refuse it at {@code now}. */
  public boolean hasEnded(Instant now) {
    return now.isAfter(ends);
  }
}
