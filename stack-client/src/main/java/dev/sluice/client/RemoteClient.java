package dev.sluice.client;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.client.blocking.BlockingClient;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.pool.HostLimit;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.transport.connect.ClientSettings;
import dev.sluice.transport.connect.RemotePlace;
import reactor.core.publisher.Mono;

/** A client that was made for a place. Immutable; each subscription to {@link #connect} logs in. */
public final class RemoteClient implements FileClient {
  private final RemotePlace place;
  private final ClientSettings settings;
  private final FileClient client;

  RemoteClient(RemotePlace place, ClientSettings settings, FileClient client) {
    this.place = place;
    this.settings = settings;
    this.client = client;
  }

  @Override
  public Mono<FileSession> connect() {
    return client.connect();
  }

  /** The server and the path that the client was made for. */
  public RemotePlace place() {
    return place;
  }

  /** The path that the client was made for, as {@code session} knows it. */
  public Mono<RemotePath> path(FileSession session) {
    return place.on(session);
  }

  /**
   * The files of the server; each verb borrows a session. Connects when the first verb is
   * subscribed to, or at once if the pool is to be warm. To be closed.
   */
  public FileOperations pooled(PoolOptions options) {
    return PooledFiles.of(client, options, settings.observer());
  }

  /** As {@link #pooled(PoolOptions)}; the sessions count for the host of this client. */
  public FileOperations pooled(PoolOptions options, HostLimit limit) {
    return PooledFiles.of(
        () -> limit.limited(place.host(), client.connect()), options, settings.observer());
  }

  /** For threads that may wait. */
  public BlockingClient blocking() {
    return BlockingClient.of(this);
  }

  /** For threads that may wait, with these deadlines. */
  public BlockingClient blocking(BlockingOptions options) {
    return BlockingClient.of(this, options);
  }

  /** The place; never a secret. */
  @Override
  public String toString() {
    return "RemoteClient[" + place + "]";
  }
}
