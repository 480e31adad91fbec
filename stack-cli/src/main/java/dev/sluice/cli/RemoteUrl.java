package dev.sluice.cli;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A place on a server, as {@code ftp://user:password@host:port/path} (RFC 1738 section 3.2).
 *
 * <p>{@code %NN} stands for an octet, also one that is not UTF-8. The path begins at the root of
 * what the server shows, or with {@code /~/} in the directory of the login; a name that is a tilde
 * is written {@code %7E}. {@code ?}, {@code #} and {@code ;} are ordinary characters of a name.
 *
 * @param scheme in lower case
 * @param user null = a guest
 * @param password null = not in the URL
 * @param host a name or an address, IPv6 without brackets
 * @param port 0 = that of the scheme
 * @param path where, seen from the root or from the directory of the login
 * @param home whether it is seen from the directory of the login
 * @param directory whether the URL ended in {@code /}
 */
record RemoteUrl(
    String scheme,
    @Nullable String user,
    @Nullable String password,
    String host,
    int port,
    RemotePath path,
    boolean home,
    boolean directory) {
  private static final String HOME = "/~";

  /** Reads a URL; {@link UsageError} when it is none. */
  static RemoteUrl parse(String text) {
    int colon = text.indexOf("://");
    if (colon <= 0) {
      throw new UsageError(
          RawName.escape(masked(text)) + " is no URL; write ftp://user@host:port/path");
    }
    String rest = text.substring(colon + 3);
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "/" : rest.substring(slash);
    boolean home = path.equals(HOME) || path.startsWith(HOME + "/");
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    String place = authority.substring(at + 1);
    int secret = login.indexOf(':');
    return new RemoteUrl(
        text.substring(0, colon).toLowerCase(Locale.ROOT),
        at < 0 ? null : word(text, secret < 0 ? login : login.substring(0, secret)),
        secret < 0 ? null : word(text, login.substring(secret + 1)),
        host(text, place),
        port(text, place),
        path(text, home ? path.substring(HOME.length()) : path),
        home,
        path.endsWith("/") || path.equals(HOME));
  }

  /** The path as the session knows it. */
  Mono<RemotePath> on(FileSession session) {
    return home ? session.home().map(directory -> directory.append(path)) : Mono.just(path);
  }

  /** Whether this names the root, or the directory of the login. */
  boolean isTop() {
    return path.isRoot();
  }

  /** The same place on the same server under another path. */
  RemoteUrl at(RemotePath other, boolean fromHome) {
    return new RemoteUrl(scheme, user, password, host, port, other, fromHome, false);
  }

  /** Whether {@code other} is reached over the same login. */
  boolean sameServer(RemoteUrl other) {
    return scheme.equals(other.scheme)
        && host.equalsIgnoreCase(other.host)
        && port == other.port
        && String.valueOf(user).equals(String.valueOf(other.user));
  }

  /** The URL for people: without the password, control characters escaped. */
  @Override
  public String toString() {
    String where = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return RawName.escape(
        scheme
            + "://"
            + (user == null ? "" : user + "@")
            + where
            + (port == 0 ? "" : ":" + port)
            + (home ? HOME : "")
            + path);
  }

  private static String host(String text, String place) {
    int colon = portColon(place);
    String host = colon < 0 ? place : place.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    String decoded = word(text, host);
    if (decoded.isEmpty() || decoded.indexOf(' ') >= 0) {
      throw unreadable(text, "it names no host");
    }
    return decoded;
  }

  private static int port(String text, String place) {
    int colon = portColon(place);
    if (colon < 0 || colon == place.length() - 1) {
      return 0;
    }
    try {
      int port = Integer.parseInt(place.substring(colon + 1));
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Below; the text may be half a password and stays out of the message.
    }
    throw unreadable(text, "the port must be a number from 1 to 65535");
  }

  private static int portColon(String place) {
    int colon = place.lastIndexOf(':');
    return colon > place.indexOf(']') ? colon : -1;
  }

  private static RemotePath path(String text, String path) {
    try {
      return RemotePath.of(decode(text, path));
    } catch (FileFailure e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private static String word(String text, String encoded) {
    String word = decode(text, encoded);
    if (word.chars().anyMatch(Character::isISOControl)) {
      throw unreadable(text, "it holds a control character");
    }
    return word;
  }

  private static String decode(String text, String encoded) {
    byte[] raw = RawName.encode(encoded);
    ByteArrayOutputStream octets = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        octets.write(raw[i]);
        continue;
      }
      boolean whole = i + 2 < raw.length;
      int high = whole ? Character.digit(raw[i + 1], 16) : -1;
      int low = whole ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw unreadable(text, "% must be followed by two hexadecimal digits; write % as %25");
      }
      octets.write(high << 4 | low);
      i += 2;
    }
    return RawName.decode(octets.toByteArray());
  }

  private static UsageError unreadable(String text, String why) {
    return new UsageError(
        "cannot read the URL "
            + RawName.escape(masked(text))
            + ": "
            + why
            + (text.indexOf('@') < 0 ? "" : " (in a password write / as %2F and @ as %40)"));
  }

  /** Hides whatever may be a password, also where the rest cannot be read. */
  private static String masked(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return text;
    }
    int colon = text.indexOf("://");
    return (colon < 0 ? "" : text.substring(0, colon + 3)) + "***" + text.substring(at);
  }
}
