package dev.sluice.ssh;

import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.wire.WireLog;
import dev.sluice.transport.Transport;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import dev.sluice.transport.door.StaticUsers;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * All settings of an {@link dev.sluice.ssh.server.SshServer}, to be read; the server has a method
 * to change each.
 *
 * @param host address to listen on; empty = every address, IPv4 and IPv6
 * @param port to listen on; 0 = a free one
 * @param hostKeys what proves the host; clients choose among the types
 * @param users who may log in
 * @param authentication how they log in
 * @param services what is run in sessions
 * @param security what protects a connection
 * @param timeouts the longest waits
 * @param limits what is taken from a client
 * @param windows how much a client may send ahead
 * @param keepalive asks a silent client whether it lives
 * @param sessions how many connections there may be
 * @param login what failed logins cost
 * @param software the name in the identification line
 * @param transport the sockets
 * @param observer hears what happens in the sessions
 * @param trace hears the name of each message, {@code > } sent or {@code < } received in front, and
 *     nothing of its content; called on the event loop
 */
@RecordBuilder
public record SshServerSettings(
    String host,
    int port,
    List<SshKeyPair> hostKeys,
    Authenticator users,
    SshAuthentication authentication,
    SshServices services,
    SshSecurity security,
    SshServerTimeouts timeouts,
    SshLimits limits,
    WindowLimits windows,
    Keepalive keepalive,
    SessionLimits sessions,
    LoginLimits login,
    String software,
    Transport transport,
    SessionObserver observer,
    Consumer<String> trace)
    implements SshServerSettingsBuilder.With {
  /** Port 22 of every address, with no keys, no users and no services. */
  public static final SshServerSettings DEFAULT =
      new SshServerSettings(
          "",
          SshClientSettings.DEFAULT_PORT,
          List.of(),
          StaticUsers.none(),
          SshAuthentication.DEFAULT,
          SshServices.NONE,
          SshSecurity.SERVER,
          SshServerTimeouts.DEFAULT,
          SshLimits.SERVER,
          WindowLimits.DEFAULT,
          Keepalive.DEFAULT,
          SessionLimits.DEFAULT,
          new LoginLimits(6, Duration.ofMillis(250), 60, Duration.ofMinutes(5), List.of()),
          "Sluice",
          Transport.DEFAULT,
          SessionObserver.NONE,
          WireLog.NOBODY);

  public SshServerSettings {
    hostKeys = List.copyOf(hostKeys);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }
}
