/** SFTP over SSH, client and server. */
module dev.sluice.sftp {
  requires static micrometer.core;
  requires static micrometer.observation;
  requires static io.soabase.recordbuilder.core;
  requires static transitive java.compiler;
  requires transitive dev.sluice.ssh;
  requires io.netty.common;
  requires org.slf4j;

  exports dev.sluice.sftp;
  exports dev.sluice.sftp.client;
  exports dev.sluice.sftp.server;

  provides dev.sluice.transport.connect.ClientProvider with
      dev.sluice.sftp.client.SftpClientProvider;
}
