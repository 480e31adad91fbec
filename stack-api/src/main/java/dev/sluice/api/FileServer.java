package dev.sluice.api;

import reactor.core.publisher.Mono;

/** A server that has not been started. Immutable. */
public interface FileServer {

  /** Binds the port and accepts sessions. */
  Mono<BoundServer> bind();
}
