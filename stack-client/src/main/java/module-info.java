/** What is the same for clients of all protocols: pools and transfers. */
module dev.sluice.client {
  requires static io.soabase.recordbuilder.core;
  requires static transitive java.compiler;
  requires transitive dev.sluice.api;
  requires dev.sluice.storage;
  requires reactor.pool;

  exports dev.sluice.client;
  exports dev.sluice.client.pool;
  exports dev.sluice.client.transfer;
}
