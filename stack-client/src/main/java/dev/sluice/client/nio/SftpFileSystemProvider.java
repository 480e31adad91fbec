package dev.sluice.client.nio;

/** File systems over SFTP. */
public final class SftpFileSystemProvider extends ServerFileSystemProvider {
  /** Called by {@link java.util.ServiceLoader}. */
  public SftpFileSystemProvider() {
    super("sftp");
  }
}
