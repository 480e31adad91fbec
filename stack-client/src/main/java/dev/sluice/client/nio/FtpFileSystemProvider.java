package dev.sluice.client.nio;

/** File systems over FTP in clear. */
public final class FtpFileSystemProvider extends ServerFileSystemProvider {
  /** Called by {@link java.util.ServiceLoader}. */
  public FtpFileSystemProvider() {
    super("ftp");
  }
}
