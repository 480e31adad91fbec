package dev.sluice.transport.connect;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import java.io.ByteArrayOutputStream;

/** Reads the text of a {@link RemotePlace}. No message holds what may be a password. */
final class PlaceText {
  static final String HOME = "/~";

  private PlaceText() {}

  static RemotePlace read(String text) {
    int colon = text.indexOf("://");
    if (colon <= 0) {
      throw new IllegalArgumentException(
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
    return new RemotePlace(
        RemotePlace.lower(text.substring(0, colon)),
        at < 0 ? null : word(text, secret < 0 ? login : login.substring(0, secret)),
        secret < 0 ? null : word(text, login.substring(secret + 1)),
        host(text, place),
        port(text, place),
        RemotePath.of(decode(text, home ? path.substring(HOME.length()) : path)),
        home,
        path.endsWith("/") || path.equals(HOME));
  }

  /** A place of this machine: {@code file:/path}. */
  static RemotePlace local(String scheme, String path) {
    return new RemotePlace(
        RemotePlace.lower(scheme),
        null,
        null,
        "",
        0,
        RemotePath.of(decode(path, path)),
        false,
        path.endsWith("/"));
  }

  static IllegalArgumentException unreadable(String text, String why) {
    return new IllegalArgumentException(
        "cannot read the URL "
            + RawName.escape(masked(text))
            + ": "
            + why
            + (text.indexOf('@') < 0 ? "" : " (in a password write / as %2F and @ as %40)"));
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
