package dev.sluice.server.config;

import dev.sluice.ssh.Keepalive;
import dev.sluice.ssh.SshLimits;
import dev.sluice.ssh.SshServerSettings;
import dev.sluice.ssh.SshServerTimeouts;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Settings of the SSH below SFTP; the records are those of the library.
 *
 * @param security what protects a connection
 * @param timeouts the longest waits
 * @param limits what is taken from a client
 * @param windows how much a client may send ahead
 * @param keepalive asks a silent client whether it lives
 * @param sessions how many connections a listener has
 * @param login what failed logins cost
 * @param software the name in the identification line
 * @param banner shown before the login; empty = none
 */
@RecordBuilder
public record SshConfig(
    @Key("what protects a connection") SshSecurityConfig security,
    @Key("the longest waits") SshServerTimeouts timeouts,
    @Key("what is taken from a client") SshLimits limits,
    @Key("how much a client may send ahead") WindowLimits windows,
    @Key("asks a silent client whether it lives") Keepalive keepalive,
    @Key("how many connections a listener has") SessionLimits sessions,
    @Key("what failed logins cost") LoginLimits login,
    @Key("the name in the identification line") String software,
    @Key("shown before the login; empty = none") String banner)
    implements SshConfigBuilder.With {
  /** The defaults of the library. */
  public static final SshConfig DEFAULT = of(SshServerSettings.DEFAULT);

  private static SshConfig of(SshServerSettings settings) {
    return new SshConfig(
        SshSecurityConfig.of(settings.security()),
        settings.timeouts(),
        settings.limits(),
        settings.windows(),
        settings.keepalive(),
        settings.sessions(),
        settings.login(),
        settings.software(),
        settings.authentication().banner());
  }
}
