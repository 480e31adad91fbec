package dev.sluice.docs.examples;

import dev.sluice.ftp.client.FtpClient;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.transport.Proxy;
import java.time.Duration;

/** How clients are set; servers are set alike. */
public final class SettingsExample {
  private SettingsExample() {}

  /** A server that takes long to reply. */
  public static FtpClient patient() {
    return FtpClient.create("files.example").timeouts(t -> t.withReply(Duration.ofMinutes(5)));
  }

  /** The connection below SFTP is set by its own methods. */
  public static SftpClient throughAProxy() {
    return SftpClient.create("files.example")
        .transport(transport -> transport.proxy(Proxy.socks5("proxy.example", 1080)))
        .ssh(ssh -> ssh.timeouts(t -> t.withConnect(Duration.ofSeconds(5))));
  }
}
