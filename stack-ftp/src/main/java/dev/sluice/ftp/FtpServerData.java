package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How a server makes data connections.
 *
 * @param passivePorts ports that clients connect to
 * @param externalAddress what 227 announces
 * @param active whether and how PORT and EPRT are carried out
 * @param foreignAddresses whether another host than the client may be the other end (FXP)
 * @param inflate how far compressed uploads may grow
 */
@RecordBuilder
public record FtpServerData(
    PortRange passivePorts,
    ExternalAddress externalAddress,
    Active active,
    boolean foreignAddresses,
    InflateLimit inflate)
    implements FtpServerDataBuilder.With {
  /** Ports 60000 to 65535; active from port 20; with the client's host only. */
  public static final FtpServerData DEFAULT =
      new FtpServerData(
          new PortRange(60000, 65535),
          ExternalAddress.none(),
          new Active(true, 20),
          false,
          InflateLimit.DEFAULT);

  /**
   * Connections from the server to the client.
   *
   * @param allowed whether PORT and EPRT are carried out
   * @param sourcePort where they come from; 0 = any. 20 stands for 989 with implicit TLS
   */
  public record Active(boolean allowed, int sourcePort) {
    /** PORT and EPRT are refused. */
    public static final Active REFUSED = new Active(false, 0);

    public Active {
      if (sourcePort < 0 || sourcePort > 65535) {
        throw new IllegalArgumentException("source port " + sourcePort);
      }
    }
  }
}
