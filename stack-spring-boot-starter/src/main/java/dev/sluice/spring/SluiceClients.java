package dev.sluice.spring;

import dev.sluice.api.FileOperations;
import dev.sluice.client.Clients;
import dev.sluice.client.RemoteClient;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.blocking.BlockingSession;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.transport.connect.ClientSettings;
import dev.sluice.transport.connect.HostTrust;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The clients of the properties and their pools. The pools end with the application. */
public final class SluiceClients implements AutoCloseable {
  private final Map<String, RemoteClient> clients = new LinkedHashMap<>();
  private final Map<String, FileOperations> pools = new LinkedHashMap<>();

  /** Makes the clients; connects only for pools that are to be warm. */
  SluiceClients(SluiceProperties properties, List<SluiceClientCustomizer> customizers) {
    properties
        .clients()
        .forEach(
            (name, client) -> {
              RemoteClient made = make(name, client, customizers);
              clients.put(name, made);
              pools.put(name, made.pooled(options(name, client.pool())));
            });
  }

  /** The names in the properties. */
  public Set<String> names() {
    return Set.copyOf(clients.keySet());
  }

  /** A client by its name in the properties. */
  public RemoteClient client(String name) {
    return known(clients, name);
  }

  /** The files of a server by the name of its client; each verb borrows a session. */
  public FileOperations files(String name) {
    return known(pools, name);
  }

  @Override
  public void close() throws IOException {
    for (FileOperations pool : pools.values()) {
      BlockingSession.of(pool, BlockingOptions.DEFAULT).close();
    }
  }

  private <T> T known(Map<String, T> all, String name) {
    T found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no sluice.clients.%s; there are %s".formatted(name, clients.keySet()));
    }
    return found;
  }

  private static RemoteClient make(
      String name, SluiceProperties.Client client, List<SluiceClientCustomizer> customizers) {
    try {
      return Clients.of(client.uri(), settings -> customized(name, client, customizers, settings));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("sluice.clients." + name + ": " + e.getMessage(), e);
    }
  }

  private static ClientSettings customized(
      String name,
      SluiceProperties.Client client,
      List<SluiceClientCustomizer> customizers,
      ClientSettings settings) {
    ClientSettings set = settings(client, settings);
    for (SluiceClientCustomizer each : customizers) {
      set = each.customize(name, set);
    }
    return set;
  }

  private static ClientSettings settings(SluiceProperties.Client from, ClientSettings settings) {
    ClientSettings set = settings;
    set = from.username() == null ? set : set.user(from.username());
    set = from.password() == null ? set : set.password(from.password());
    set = from.keyFile() == null ? set : withKey(from, set);
    set = from.knownHosts() == null ? set : set.knownHosts(from.knownHosts());
    set = from.hostKey() == null ? set : set.hostKeys(HostTrust.pinned(from.hostKey()));
    set = from.trust() == null ? set : set.trust(from.trust());
    set = from.netrc() == null ? set : set.netrc(from.netrc());
    set = from.connectTimeout() == null ? set : set.connectTimeout(from.connectTimeout());
    return from.replyTimeout() == null ? set : set.replyTimeout(from.replyTimeout());
  }

  private static ClientSettings withKey(SluiceProperties.Client from, ClientSettings settings) {
    String passphrase = from.passphrase();
    return settings.keyFile(
        Objects.requireNonNull(from.keyFile()),
        passphrase == null ? new char[0] : passphrase.toCharArray());
  }

  private static PoolOptions options(String name, SluiceProperties.Pool pool) {
    return PoolOptions.most(pool.most())
        .withAcquire(pool.acquire())
        .withIdle(pool.idle())
        .withKeepAlive(pool.keepAlive())
        .withWarm(pool.warm())
        .withName(name);
  }
}
