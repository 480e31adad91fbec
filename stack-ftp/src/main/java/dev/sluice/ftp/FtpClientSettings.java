package dev.sluice.ftp;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.transport.Transport;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.function.Consumer;

/**
 * All settings of an {@link dev.sluice.ftp.client.FtpClient}, to be read; the client has a method
 * to change each.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port of the control connection; 0 = 21, or 990 with implicit TLS
 * @param credentials who logs in; {@code anonymous} (RFC 1635) unless set
 * @param timeouts the longest waits
 * @param limits what is kept of what the server says
 * @param dialogue which commands are used
 * @param data how files are transferred
 * @param listing how LIST is read
 * @param uploads how files are written
 * @param security how connections are protected
 * @param transport the sockets
 * @param observer hears what happens in the sessions
 * @param trace hears each line of the control connection, {@code > } sent or {@code < } received in
 *     front, secrets masked; called on the event loop
 */
@RecordBuilder
public record FtpClientSettings(
    String host,
    int port,
    Credentials credentials,
    FtpTimeouts timeouts,
    FtpLimits limits,
    FtpDialogue dialogue,
    FtpData data,
    FtpListing listing,
    FtpUploads uploads,
    FtpSecurity security,
    Transport transport,
    SessionObserver observer,
    Consumer<String> trace)
    implements FtpClientSettingsBuilder.With {
  /** Where FTP servers listen. */
  public static final int DEFAULT_PORT = 21;

  /** Where FTP servers listen that speak TLS from the first octet. */
  public static final int DEFAULT_IMPLICIT_PORT = 990;

  private static final int BY_SECURITY = 0;

  public FtpClientSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
  }

  /** The defaults, for a server. */
  public static FtpClientSettings of(String host) {
    return new FtpClientSettings(
        host,
        BY_SECURITY,
        Credentials.anonymous("anonymous@example.org"),
        FtpTimeouts.DEFAULT,
        FtpLimits.DEFAULT,
        FtpDialogue.DEFAULT,
        FtpData.DEFAULT,
        FtpListing.DEFAULT,
        FtpUploads.DEFAULT,
        FtpSecurity.NONE,
        Transport.DEFAULT,
        SessionObserver.NONE,
        line -> {});
  }

  /** The port that is connected to. */
  public int effectivePort() {
    if (port != BY_SECURITY) {
      return port;
    }
    return security.start() == FtpSecurity.Start.IMPLICIT ? DEFAULT_IMPLICIT_PORT : DEFAULT_PORT;
  }
}
