/** FTP and FTPS, client and server. */
module dev.sluice.ftp {
  requires static micrometer.core;
  requires static micrometer.observation;
  requires static io.soabase.recordbuilder.core;
  requires static transitive java.compiler;
  requires transitive dev.sluice.tls;
  requires io.netty.common;
  requires org.slf4j;

  exports dev.sluice.ftp;
  exports dev.sluice.ftp.client;
  exports dev.sluice.ftp.server;

  provides dev.sluice.transport.connect.ClientProvider with
      dev.sluice.ftp.client.FtpClientProvider;
}
