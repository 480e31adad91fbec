package dev.sluice.ssh;

import dev.sluice.ssh.wire.WireLog;
import dev.sluice.transport.Transport;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * All settings of an {@link dev.sluice.ssh.client.SshClient}, to be read; the client has a method
 * to change each.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port where the server listens
 * @param user who logs in
 * @param credentials what the user proves themselves with, in the order in which it is tried
 * @param hostKeys which host keys are trusted; null = not set, and then nothing connects
 * @param jump the host that connections go through; null = none
 * @param security what protects a connection
 * @param timeouts the longest waits
 * @param limits what is taken from the server
 * @param windows how much the server may send ahead
 * @param keepalive asks a silent server whether it lives
 * @param software the name in the identification line
 * @param transport the sockets
 * @param warnings takes what the user should know and is no error, such as lines of known_hosts
 *     that are not understood; logged when left out. Must not block
 * @param trace hears the name of each message, {@code > } sent or {@code < } received in front, and
 *     nothing of its content; called on the event loop
 */
@RecordBuilder
public record SshClientSettings(
    String host,
    int port,
    String user,
    List<Credential> credentials,
    @Nullable HostKeyPolicy hostKeys,
    @Nullable SshClientSettings jump,
    SshSecurity security,
    SshTimeouts timeouts,
    SshLimits limits,
    WindowLimits windows,
    Keepalive keepalive,
    String software,
    Transport transport,
    Consumer<String> warnings,
    Consumer<String> trace)
    implements SshClientSettingsBuilder.With {
  /** Where SSH servers listen. */
  public static final int DEFAULT_PORT = 22;

  public SshClientSettings {
    credentials = List.copyOf(credentials);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
  }

  /** The defaults, for a server. */
  public static SshClientSettings of(String host) {
    return new SshClientSettings(
        host,
        DEFAULT_PORT,
        "",
        List.of(),
        null,
        null,
        SshSecurity.CLIENT,
        SshTimeouts.DEFAULT,
        SshLimits.CLIENT,
        WindowLimits.DEFAULT,
        Keepalive.DEFAULT,
        "Sluice",
        Transport.DEFAULT,
        warning -> LoggerFactory.getLogger(SshClientSettings.class).warn(warning),
        WireLog.NOBODY);
  }
}
