package dev.sluice.server.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Browsers in which the operator has logged in. Each login has a new cookie, which scripts cannot
 * read and other sites do not send, and a secret that each form must have. A login that is not used
 * for half an hour ends, and any after twelve hours.
 */
final class BrowserLogins {
  private static final String COOKIE = "sluice-admin";
  private static final Duration UNUSED = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int MOST = 32;
  private static final int RANDOM_OCTETS = 24;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Map<String, Login> logins = new ConcurrentHashMap<>();

  /**
   * One browser.
   *
   * @param secret stands in each form
   */
  record Login(String secret, Instant begun, Instant used) {
    boolean hasEnded(Instant now) {
      return now.isAfter(used.plus(UNUSED)) || now.isAfter(begun.plus(LONGEST));
    }

    boolean isSecret(String given) {
      return MessageDigest.isEqual(
          secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
  }

  BrowserLogins(Clock clock) {
    this.clock = clock;
  }

  /** Lets the browser in. If there are many logins, the one that was not used for longest ends. */
  void begin(HttpServerResponse response) {
    Instant now = clock.instant();
    logins.values().removeIf(login -> login.hasEnded(now));
    while (logins.size() >= MOST) {
      logins.entrySet().stream()
          .min(Comparator.comparing(each -> each.getValue().used()))
          .ifPresent(each -> logins.remove(each.getKey()));
    }
    String id = fresh();
    logins.put(id, new Login(fresh(), now, now));
    response.addHeader(HttpHeaderNames.SET_COOKIE, cookie(id, LONGEST.toSeconds()));
  }

  private String fresh() {
    byte[] octets = new byte[RANDOM_OCTETS];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static String cookie(String id, long seconds) {
    DefaultCookie cookie = new DefaultCookie(COOKIE, id);
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.Strict);
    cookie.setPath("/");
    cookie.setMaxAge(seconds);
    return ServerCookieEncoder.STRICT.encode(cookie);
  }

  /** The login of the browser, which counts as used now; empty = it must log in. */
  Optional<Login> of(HttpServerRequest request) {
    Instant now = clock.instant();
    return id(request)
        .map(
            id ->
                logins.computeIfPresent(
                    id,
                    (key, login) ->
                        login.hasEnded(now) ? null : new Login(login.secret, login.begun, now)));
  }

  /** Whether the login goes on; asking is no use of it. */
  boolean goesOn(HttpServerRequest request) {
    Instant now = clock.instant();
    return id(request).map(logins::get).filter(login -> !login.hasEnded(now)).isPresent();
  }

  /** Ends the login of the browser. */
  void end(HttpServerRequest request, HttpServerResponse response) {
    id(request).ifPresent(logins::remove);
    response.addHeader(HttpHeaderNames.SET_COOKIE, cookie("-", 0));
  }

  private static Optional<String> id(HttpServerRequest request) {
    List<String> given =
        request.cookies().values().stream()
            .flatMap(Set::stream)
            .filter(cookie -> cookie.name().equals(COOKIE))
            .map(Cookie::value)
            .toList();
    return given.size() == 1 ? Optional.of(given.get(0)) : Optional.empty();
  }
}
