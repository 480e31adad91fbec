package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Protocol;

/** A client against a server. */
public record Pair(Client client, Server server) {

  public Protocol protocol() {
    return server.protocol();
  }

  /** Which of the two cannot be started, and why; empty = both can. */
  public String missing() {
    if (!client.missing().isEmpty()) {
      return client.name() + ": " + client.missing();
    }
    return server.missing().isEmpty() ? "" : server.name() + ": " + server.missing();
  }

  @Override
  public String toString() {
    return client.name() + " ↔ " + server.name();
  }
}
