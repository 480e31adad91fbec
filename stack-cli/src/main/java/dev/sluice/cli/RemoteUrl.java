package dev.sluice.cli;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.transport.connect.RemotePlace;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A place on a server, as a person writes it on the command line; {@link RemotePlace} has the
 * rules.
 *
 * @param place what was read
 */
record RemoteUrl(RemotePlace place) {

  /** Reads a URL; {@link UsageError} when it is none. */
  static RemoteUrl parse(String text) {
    try {
      return new RemoteUrl(RemotePlace.parse(text));
    } catch (IllegalArgumentException | FileFailure e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  String scheme() {
    return place.scheme();
  }

  /** Null = a guest. */
  @Nullable String user() {
    return place.user();
  }

  /** Null = not in the URL. */
  @Nullable String password() {
    return place.password();
  }

  String host() {
    return place.host();
  }

  /** 0 = that of the scheme. */
  int port() {
    return place.port();
  }

  RemotePath path() {
    return place.path();
  }

  /** Whether the path is seen from the directory of the login. */
  boolean home() {
    return place.home();
  }

  /** Whether the URL ended in {@code /}. */
  boolean directory() {
    return place.directory();
  }

  /** The path as the session knows it. */
  Mono<RemotePath> on(FileSession session) {
    return place.on(session);
  }

  /** Whether this names the root, or the directory of the login. */
  boolean isTop() {
    return place.isTop();
  }

  /** The same place on the same server under another path. */
  RemoteUrl at(RemotePath other, boolean fromHome) {
    return new RemoteUrl(place.at(other, fromHome));
  }

  /** Whether {@code other} is reached over the same login. */
  boolean sameServer(RemoteUrl other) {
    return place.sameServer(other.place);
  }

  /** The URL for people: without the password, control characters escaped. */
  @Override
  public String toString() {
    return place.toString();
  }
}
