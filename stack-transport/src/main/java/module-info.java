/** What drives the cores: streams, event loops, proxies, the front door. */
@SuppressWarnings("module") // the modules that it names are built later
module dev.sluice.transport {
  requires static micrometer.core;
  requires static micrometer.observation;
  requires static micrometer.commons;
  requires transitive dev.sluice.api;
  requires transitive io.netty.transport;
  requires transitive reactor.netty.core;
  requires io.netty.common;

  exports dev.sluice.transport;
  exports dev.sluice.transport.door;
  exports dev.sluice.transport.observe;
  exports dev.sluice.transport.io to
      dev.sluice.tls,
      dev.sluice.ftp,
      dev.sluice.ssh,
      dev.sluice.sftp;
}
