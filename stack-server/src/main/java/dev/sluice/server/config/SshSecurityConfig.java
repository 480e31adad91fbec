package dev.sluice.server.config;

import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.SshSecurity;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What protects an SSH connection.
 *
 * @param legacyAlgorithms whether old clients find CBC ciphers and SHA-1, too, which an attacker
 *     may break
 * @param minRsaBits keys of users with fewer bits are refused
 * @param strictOnly whether peers without strict key exchange are refused where packets could be
 *     dropped unseen (CVE-2023-48795)
 * @param rekey how long keys are used
 */
@RecordBuilder
public record SshSecurityConfig(
    @Key("whether old clients find CBC ciphers and SHA-1, too, which an attacker may break")
        boolean legacyAlgorithms,
    @Key("keys of users with fewer bits are refused") int minRsaBits,
    @Key(
            "whether peers without strict key exchange are refused where packets could be dropped unseen (CVE-2023-48795)")
        boolean strictOnly,
    @Key("how long keys are used") RekeyPolicy rekey)
    implements SshSecurityConfigBuilder.With {
  static SshSecurityConfig of(SshSecurity security) {
    return new SshSecurityConfig(
        false, security.minRsaBits(), security.strictOnly(), security.rekey());
  }
}
