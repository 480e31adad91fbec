/** What is the same for clients of all protocols: clients by URI, pools and transfers. */
module dev.sluice.client {
  requires static io.soabase.recordbuilder.core;
  requires static transitive java.compiler;
  requires static r2dbc.spi;
  requires transitive dev.sluice.api;
  requires transitive dev.sluice.transport;
  requires dev.sluice.storage;
  requires reactor.pool;

  exports dev.sluice.client;
  exports dev.sluice.client.blocking;
  exports dev.sluice.client.inbox;
  exports dev.sluice.client.inbox.r2dbc;
  exports dev.sluice.client.nio;
  exports dev.sluice.client.pool;
  exports dev.sluice.client.transfer;

  uses dev.sluice.transport.connect.ClientProvider;

  provides dev.sluice.transport.connect.ClientProvider with
      dev.sluice.client.local.LocalClientProvider;
  provides java.nio.file.spi.FileSystemProvider with
      dev.sluice.client.nio.SftpFileSystemProvider,
      dev.sluice.client.nio.FtpFileSystemProvider,
      dev.sluice.client.nio.FtpesFileSystemProvider,
      dev.sluice.client.nio.FtpsFileSystemProvider;
}
