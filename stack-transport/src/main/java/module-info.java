/** What drives the cores: streams, event loops, proxies, the front door. */
@SuppressWarnings("module") // the modules that it names are built later
module dev.sluice.transport {
  requires static micrometer.core;
  requires static micrometer.observation;
  requires static micrometer.commons;
  requires static io.soabase.recordbuilder.core;
  requires static transitive java.compiler;
  requires transitive dev.sluice.api;
  requires transitive io.netty.transport;
  requires transitive reactor.netty.core;
  requires transitive io.netty.resolver;
  requires io.netty.common;
  requires io.netty.handler.proxy;

  exports dev.sluice.transport;
  exports dev.sluice.transport.connect;
  exports dev.sluice.transport.door;
  exports dev.sluice.transport.observe;
  exports dev.sluice.transport.io to
      dev.sluice.tls,
      dev.sluice.ftp,
      dev.sluice.ssh,
      dev.sluice.sftp;
}
