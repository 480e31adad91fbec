package dev.sluice.ssh;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What protects a connection.
 *
 * @param algorithms what is offered; a server leaves out host key algorithms that it has no key for
 * @param minRsaBits host keys and users' keys of fewer bits are refused
 * @param strictOnly whether peers without strict key exchange are refused where packets could be
 *     dropped unseen (CVE-2023-48795)
 * @param rekey how long keys are used
 */
@RecordBuilder
public record SshSecurity(
    SshAlgorithms algorithms, int minRsaBits, boolean strictOnly, RekeyPolicy rekey)
    implements SshSecurityBuilder.With {
  /** What a client offers. */
  public static final SshSecurity CLIENT =
      new SshSecurity(SshAlgorithms.forClient(), 2048, false, RekeyPolicy.DEFAULT);

  /** What a server offers. */
  public static final SshSecurity SERVER =
      new SshSecurity(SshAlgorithms.forServer(), 2048, false, RekeyPolicy.DEFAULT);

  public SshSecurity {
    if (minRsaBits < 1024) {
      throw new IllegalArgumentException("minRsaBits " + minRsaBits + ": 1024 at least");
    }
  }
}
