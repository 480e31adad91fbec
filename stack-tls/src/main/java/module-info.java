/** TLS for connections of Reactor Netty, client and server. */
@SuppressWarnings("module") // the modules that it names are built later
module dev.sluice.tls {
  requires static io.soabase.recordbuilder.core;
  requires static transitive java.compiler;
  requires transitive dev.sluice.transport;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.tls;
  requires io.netty.common;
  requires org.slf4j;

  exports dev.sluice.tls;
  exports dev.sluice.tls.session;
  exports dev.sluice.tls.core;
  exports dev.sluice.tls.io to
      dev.sluice.ftp;
}
