package dev.sluice.ssh;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * How users log in (RFC 4252).
 *
 * @param sequences of methods; each suffices when all its steps have succeeded in order
 * @param banner shown before the login; empty = none
 * @param expiry which passwords have to be changed
 */
@RecordBuilder
public record SshAuthentication(List<List<String>> sequences, String banner, PasswordExpiry expiry)
    implements SshAuthenticationBuilder.With {
  /** A key, a password or answers; no banner; passwords do not expire. */
  public static final SshAuthentication DEFAULT =
      new SshAuthentication(
          List.of(List.of("publickey"), List.of("password"), List.of("keyboard-interactive")),
          "",
          PasswordExpiry.NEVER);

  public SshAuthentication {
    sequences = sequences.stream().map(List::copyOf).toList();
    if (sequences.isEmpty() || sequences.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a login needs a method: " + sequences);
    }
  }
}
