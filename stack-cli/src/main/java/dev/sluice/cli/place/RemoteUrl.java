package dev.sluice.cli.place;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.config.Bookmarks;
import dev.sluice.cli.config.ConfigFault;
import dev.sluice.cli.config.HostSettings;
import dev.sluice.cli.status.UsageError;
import dev.sluice.transport.connect.RemotePlace;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A place on a server, as a person writes it on the command line; {@link RemotePlace} has the
 * rules.
 *
 * @param place what was read
 * @param settings what the configuration says of the bookmark or the host
 * @param prefix what a path of this server has before it in a word, such as {@code partner:} of a
 *     bookmark; null = a URL
 */
public record RemoteUrl(RemotePlace place, HostSettings settings, @Nullable String prefix) {
  private static final String SEPARATOR = "://";

  /** Reads a URL or a place below a bookmark; {@link UsageError} when it is neither. */
  public static RemoteUrl parse(String text) {
    try {
      Optional<RemoteUrl> marked = bookmark(text);
      if (marked.isPresent()) {
        return marked.get();
      }
      RemotePlace place = RemotePlace.parse(text);
      return new RemoteUrl(place, configuration().settings(place.host()), null);
    } catch (IllegalArgumentException | FileFailure e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  /** The place that {@code NAME:PATH} means if the configuration has a bookmark of this name. */
  static Optional<RemoteUrl> bookmark(String text) {
    return text.indexOf(':') < 1 || text.contains(SEPARATOR)
        ? Optional.empty()
        : configuration()
            .resolve(text)
            .map(
                bookmark ->
                    new RemoteUrl(
                        bookmark.place(),
                        bookmark.settings(),
                        text.substring(0, text.indexOf(':') + 1)));
  }

  /** Read where it is needed: commands that do without it start faster. */
  private static Bookmarks configuration() {
    try {
      return Bookmarks.load();
    } catch (IOException | ConfigFault e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  public String scheme() {
    return place.scheme();
  }

  /** Null = a guest. */
  public @Nullable String user() {
    return place.user() == null ? settings.user() : place.user();
  }

  /** Null = neither in the URL nor in the configuration. */
  public @Nullable String password() {
    return place.password() == null ? settings.password() : place.password();
  }

  public String host() {
    return place.host();
  }

  /** Whether a session moves one file at a time. */
  public boolean isFtp() {
    return scheme().startsWith("ftp");
  }

  /** 0 = that of the scheme. */
  public int port() {
    return place.port();
  }

  public RemotePath path() {
    return place.path();
  }

  /** Whether the path is seen from the directory of the login. */
  public boolean home() {
    return place.home();
  }

  /** Whether the URL ended in {@code /}. */
  public boolean directory() {
    return place.directory();
  }

  /** The path as the session knows it. */
  public Mono<RemotePath> on(FileSession session) {
    return place.on(session);
  }

  /** Whether this names the root, or the directory of the login. */
  boolean isTop() {
    return place.isTop();
  }

  /** The same place on the same server under another path. */
  public RemoteUrl at(RemotePath other, boolean fromHome) {
    return new RemoteUrl(place.at(other, fromHome), settings, prefix);
  }

  /** As {@link #at(RemotePath, boolean)}, for a word that may have ended in {@code /}. */
  public RemoteUrl at(RemotePath other, boolean fromHome, boolean asDirectory) {
    RemotePlace there =
        new RemotePlace(
            place.scheme(),
            place.user(),
            place.password(),
            place.host(),
            place.port(),
            other,
            fromHome,
            asDirectory);
    return new RemoteUrl(there, settings, prefix);
  }

  /** The same place in words that begin with {@code before}. */
  public RemoteUrl withPrefix(String before) {
    return new RemoteUrl(place, settings, before);
  }

  /** Whether {@code other} names the same user on the same server, with whatever settings. */
  public boolean sameAccount(RemoteUrl other) {
    return place.sameServer(other.place);
  }

  /** Whether {@code other} is reached over the same login. */
  public boolean sameServer(RemoteUrl other) {
    return place.sameServer(other.place) && settings.equals(other.settings);
  }

  /** The URL for people: without the password, control characters escaped. */
  @Override
  public String toString() {
    return place.toString();
  }
}
