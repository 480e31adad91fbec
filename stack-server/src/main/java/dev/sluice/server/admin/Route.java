package dev.sluice.server.admin;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One thing that can be asked for over HTTP.
 *
 * @param path may hold names in braces, which stand for one step
 */
record Route(Verb verb, String path, Handler handler) {
  /** The methods that are used, RFC 9110 section 9.3. */
  enum Verb {
    GET,
    POST,
    DELETE
  }

  /** Answers one request. */
  interface Handler {
    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response);
  }

  static Route get(String path, Handler handler) {
    return new Route(Verb.GET, path, handler);
  }

  static Route post(String path, Handler handler) {
    return new Route(Verb.POST, path, handler);
  }

  static Route delete(String path, Handler handler) {
    return new Route(Verb.DELETE, path, handler);
  }

  Route with(Handler other) {
    return new Route(verb, path, other);
  }
}
