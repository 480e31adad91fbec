/** SSH-2, client and server. */
@SuppressWarnings("module") // the modules that it names are built later
module dev.sluice.ssh {
  requires static micrometer.core;
  requires static micrometer.observation;
  requires static io.soabase.recordbuilder.core;
  requires static transitive java.compiler;
  requires transitive dev.sluice.transport;
  requires org.bouncycastle.provider;
  requires io.netty.common;
  requires org.slf4j;

  exports dev.sluice.ssh;
  exports dev.sluice.ssh.algorithm;
  exports dev.sluice.ssh.client;
  exports dev.sluice.ssh.config;
  exports dev.sluice.ssh.kex;
  exports dev.sluice.ssh.key;
  exports dev.sluice.ssh.key.file;
  exports dev.sluice.ssh.key.trust;
  exports dev.sluice.ssh.server;
  exports dev.sluice.ssh.channel to
      dev.sluice.sftp;
  exports dev.sluice.ssh.wire to
      dev.sluice.sftp;
  exports dev.sluice.ssh.packet to
      dev.sluice.sftp;
  exports dev.sluice.ssh.io to
      dev.sluice.sftp;
}
