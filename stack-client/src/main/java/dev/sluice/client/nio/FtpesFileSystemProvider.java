package dev.sluice.client.nio;

/** File systems over FTP with AUTH TLS. */
public final class FtpesFileSystemProvider extends ServerFileSystemProvider {
  /** Called by {@link java.util.ServiceLoader}. */
  public FtpesFileSystemProvider() {
    super("ftpes");
  }
}
