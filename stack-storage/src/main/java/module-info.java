/** Trees of files: the disk, memory, the tree of another server, and decorators. */
module dev.sluice.storage {
  requires transitive dev.sluice.api;
  requires io.netty.common;
  requires org.slf4j;

  exports dev.sluice.storage.decorate;
  exports dev.sluice.storage.gateway;
  exports dev.sluice.storage.local;
  exports dev.sluice.storage.memory;
}
