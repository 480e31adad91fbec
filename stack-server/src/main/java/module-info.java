/** A server from one document: accounts, limits, audit, reload, and a page for its operator. */
module dev.sluice.server {
  requires static io.soabase.recordbuilder.core;
  requires static transitive java.compiler;
  requires transitive dev.sluice.client;
  requires transitive dev.sluice.ftp;
  requires transitive dev.sluice.sftp;
  requires dev.sluice.storage;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires io.netty.codec.haproxy;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.apache.commons.codec;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires transitive reactor.netty.http;

  exports dev.sluice.server.account;
  exports dev.sluice.server.admin;
  exports dev.sluice.server.audit;
  exports dev.sluice.server.config;
  exports dev.sluice.server.daemon;
  exports dev.sluice.server.listen;
  exports dev.sluice.server.view;
}
