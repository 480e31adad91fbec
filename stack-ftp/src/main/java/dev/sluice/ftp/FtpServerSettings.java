package dev.sluice.ftp;

import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import dev.sluice.transport.Transport;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import dev.sluice.transport.door.StaticUsers;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All settings of an {@link dev.sluice.ftp.server.FtpServer}, to be read; the server has a method
 * to change each.
 *
 * @param host address to listen on; empty = every address, IPv4 and IPv6
 * @param port of control connections; 0 = a free one, -1 = 21, or 990 with implicit TLS
 * @param storage where the files are; null = not set
 * @param users who may log in
 * @param timeouts the longest waits
 * @param limits what a client may use of a control connection
 * @param sessions how many sessions there may be
 * @param login what failed logins cost
 * @param data how data connections are made
 * @param dialogue how the control connection is read and written
 * @param tls how connections are protected; null = not at all
 * @param transport the sockets
 * @param observer hears what happens in the sessions
 * @param trace hears each line of the control connections, {@code > } sent or {@code < } received
 *     in front, secrets masked; called on the event loop
 */
@RecordBuilder
public record FtpServerSettings(
    String host,
    int port,
    @Nullable Storage storage,
    Authenticator users,
    FtpServerTimeouts timeouts,
    FtpServerLimits limits,
    SessionLimits sessions,
    LoginLimits login,
    FtpServerData data,
    FtpServerDialogue dialogue,
    @Nullable FtpServerTls tls,
    Transport transport,
    SessionObserver observer,
    Consumer<String> trace)
    implements FtpServerSettingsBuilder.With {
  private static final int BY_SECURITY = -1;
  private static final int DEFAULT_DATA_PORT = 20;
  private static final int IMPLICIT_DATA_PORT = 989;

  /** Port 21 of every address, no files and no users. */
  public static final FtpServerSettings DEFAULT =
      new FtpServerSettings(
          "",
          BY_SECURITY,
          null,
          StaticUsers.none(),
          FtpServerTimeouts.DEFAULT,
          FtpServerLimits.DEFAULT,
          SessionLimits.DEFAULT,
          new LoginLimits(3, Duration.ofSeconds(2), 30, Duration.ofMinutes(5), List.of()),
          FtpServerData.DEFAULT,
          FtpServerDialogue.DEFAULT,
          null,
          Transport.DEFAULT,
          SessionObserver.NONE,
          line -> {});

  public FtpServerSettings {
    if (port < BY_SECURITY || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }

  /** The port that is listened on. */
  public int effectivePort() {
    return port != BY_SECURITY
        ? port
        : isImplicit() ? FtpClientSettings.DEFAULT_IMPLICIT_PORT : FtpClientSettings.DEFAULT_PORT;
  }

  /** The port that active connections come from. */
  public int activeSourcePort() {
    int port = data.active().sourcePort();
    return isImplicit() && port == DEFAULT_DATA_PORT ? IMPLICIT_DATA_PORT : port;
  }

  private boolean isImplicit() {
    return tls != null && tls.start() == FtpServerTls.Start.IMPLICIT;
  }
}
