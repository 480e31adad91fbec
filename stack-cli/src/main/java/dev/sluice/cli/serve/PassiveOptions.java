package dev.sluice.cli.serve;

import dev.sluice.cli.status.UsageError;
import dev.sluice.ftp.ExternalAddress;
import dev.sluice.ftp.FtpServerData;
import dev.sluice.ftp.PortRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of passive data connections. */
public final class PassiveOptions {
  @Option(
      names = "--passive-ports",
      paramLabel = "FIRST-LAST",
      description = "Ports for passive data connections (default: 60000-65535).")
  private @Nullable String passivePorts;

  @Option(
      names = "--external-address",
      paramLabel = "ADDRESS",
      description =
          "Address to announce for passive connections if there is NAT in front of the server.")
  private @Nullable String externalAddress;

  /** With what was asked for. */
  public FtpServerData data(FtpServerData before) {
    FtpServerData data = before;
    try {
      if (passivePorts != null) {
        data = data.withPassivePorts(PortRange.parse(passivePorts));
      }
      if (externalAddress != null) {
        data =
            data.withExternalAddress(ExternalAddress.fixed(InetAddress.getByName(externalAddress)));
      }
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
    return data;
  }
}
