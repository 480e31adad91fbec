package dev.sluice.client.nio;

/** File systems over FTP with TLS from the first octet. */
public final class FtpsFileSystemProvider extends ServerFileSystemProvider {
  /** Called by {@link java.util.ServiceLoader}. */
  public FtpsFileSystemProvider() {
    super("ftps");
  }
}
