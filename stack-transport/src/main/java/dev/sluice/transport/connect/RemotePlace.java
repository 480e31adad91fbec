package dev.sluice.transport.connect;

import dev.sluice.api.FileSession;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A place on a server, as {@code ftp://user:password@host:port/path} (RFC 1738 section 3.2).
 *
 * <p>{@code %NN} stands for an octet, also one that is not UTF-8. The path begins at the root of
 * what the server shows, or with {@code /~/} in the directory of the login; a name that is a tilde
 * is written {@code %7E}.
 *
 * @param scheme in lower case
 * @param user null = not in the text
 * @param password null = not in the text; never shown
 * @param host a name or an address, IPv6 without brackets; empty = this machine
 * @param port 0 = that of the scheme
 * @param path where, seen from the root or from the directory of the login
 * @param home whether it is seen from the directory of the login
 * @param directory whether the text ended in {@code /}
 */
public record RemotePlace(
    String scheme,
    @Nullable String user,
    @Nullable String password,
    String host,
    int port,
    RemotePath path,
    boolean home,
    boolean directory) {

  /**
   * Reads a text that a person wrote: {@code ?}, {@code #} and {@code ;} are ordinary characters of
   * a name, and nothing but {@code %} must be escaped.
   *
   * @throws IllegalArgumentException when it is none; the message holds no password
   * @throws dev.sluice.api.FileFailure {@code INVALID_NAME}, as {@link RemotePath#of}
   */
  public static RemotePlace parse(String text) {
    return PlaceText.read(text);
  }

  /**
   * The place that a URI names. A URI has escapes for {@code ?} and {@code #}, so a query or a
   * fragment is refused: they would be lost.
   *
   * @throws IllegalArgumentException when it names none; the message holds no password
   */
  public static RemotePlace of(URI uri) {
    String text = uri.toString();
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw PlaceText.unreadable(text, "in a URI write ? as %3F and # as %23");
    }
    if (uri.getScheme() != null && uri.getRawAuthority() == null && !uri.isOpaque()) {
      return PlaceText.local(uri.getScheme(), uri.getRawPath());
    }
    return parse(text);
  }

  /** The path as the session knows it. */
  public Mono<RemotePath> on(FileSession session) {
    return home ? session.home().map(directory -> directory.append(path)) : Mono.just(path);
  }

  /** Whether this names the root, or the directory of the login. */
  public boolean isTop() {
    return path.isRoot();
  }

  /** The same server under another path. */
  public RemotePlace at(RemotePath other, boolean fromHome) {
    return new RemotePlace(scheme, user, password, host, port, other, fromHome, false);
  }

  /** Whether {@code other} is reached over the same login. */
  public boolean sameServer(RemotePlace other) {
    return scheme.equals(other.scheme)
        && host.equalsIgnoreCase(other.host)
        && port == other.port
        && String.valueOf(user).equals(String.valueOf(other.user));
  }

  /** The port, or {@code usual} if there is none. */
  public int portOr(int usual) {
    return port == 0 ? usual : port;
  }

  /** Refuses a place without a host, which only schemes of this machine can do without. */
  public RemotePlace requireHost() {
    if (host.isEmpty()) {
      throw new IllegalArgumentException(
          this + " names no host; write " + scheme + "://user@host/path");
    }
    return this;
  }

  /** The place for people: without the password, control characters escaped. */
  @Override
  public String toString() {
    String where = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return RawName.escape(
        scheme
            + "://"
            + (user == null ? "" : user + "@")
            + where
            + (port == 0 ? "" : ":" + port)
            + (home ? PlaceText.HOME : "")
            + path);
  }

  static String lower(String scheme) {
    return scheme.toLowerCase(Locale.ROOT);
  }
}
