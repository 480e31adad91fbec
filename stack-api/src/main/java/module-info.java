/** The contracts: file verbs, storages, errors, logins and observation. */
module dev.sluice.api {
  requires static transitive org.jspecify;
  requires transitive reactor.core;
  requires transitive org.reactivestreams;
  requires transitive io.netty.buffer;
  requires io.netty.common;

  exports dev.sluice.api;
  exports dev.sluice.api.login;
  exports dev.sluice.api.observe;
  exports dev.sluice.api.storage;
}
