package dev.sluice.server.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Bodies of answers: none is kept by a browser, or taken for another kind of content. */
final class Answer {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String CONTENT =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:;"
          + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private Answer() {}

  /** Writes an object. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  static Publisher<Void> text(HttpServerResponse response, String text) {
    return text(response, "text/plain", text + "\n");
  }

  static Publisher<Void> text(HttpServerResponse response, String type, String text) {
    return plain(response, type + "; charset=utf-8").sendString(Mono.just(text));
  }

  /** A page, which may load nothing from elsewhere and may be shown in no other page. */
  static Publisher<Void> html(HttpServerResponse response, String page) {
    return text(
        response
            .header("Content-Security-Policy", CONTENT)
            .header("X-Frame-Options", "DENY")
            .header("Referrer-Policy", "no-referrer"),
        "text/html",
        page);
  }

  static Publisher<Void> json(HttpServerResponse response, Body body) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return plain(response, "application/json").sendString(Mono.just(out + "\n"));
  }

  static Publisher<Void> problem(HttpServerResponse response, String why) {
    return json(response, json -> json.writeStringField("error", why));
  }

  private static HttpServerResponse plain(HttpServerResponse response, String type) {
    return response
        .header(HttpHeaderNames.CONTENT_TYPE, type)
        .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .header("X-Content-Type-Options", "nosniff");
  }
}
