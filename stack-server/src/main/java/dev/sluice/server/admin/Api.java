package dev.sluice.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.server.config.ConfigFault;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.server.listen.ShownCertificate;
import dev.sluice.transport.observe.LiveSessions.LiveSession;
import dev.sluice.transport.observe.LiveSessions.LiveTransfer;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What an operator may ask for and do, in JSON.
 *
 * @param reload reads the document again
 * @param stop begins the drain after which the process ends
 */
record Api(Daemon daemon, Mono<Void> reload, Runnable stop) {

  /** Where each can be asked for; {@code openapi.json} describes them, OpenAPI 3.1. */
  List<Route> routes() {
    String description = Resources.text("openapi.json");
    return List.of(
        Route.get(
            "/api/v1/openapi.json",
            (request, response) -> Answer.text(response, "application/json", description)),
        Route.get("/api/v1/status", (request, response) -> status(response)),
        Route.get("/api/v1/sessions", (request, response) -> sessions(response)),
        Route.delete("/api/v1/sessions/{id}", this::end),
        Route.get("/api/v1/certificates", (request, response) -> certificates(response)),
        Route.post("/api/v1/reload", (request, response) -> reload(response)),
        Route.post("/api/v1/drain", (request, response) -> drain(response)));
  }

  private Publisher<Void> certificates(HttpServerResponse response) {
    List<ShownCertificate> shown = daemon.certificates();
    return Answer.json(
        response,
        json -> {
          json.writeArrayFieldStart("certificates");
          for (ShownCertificate each : shown) {
            json.writeStartObject();
            json.writeStringField("listener", each.listener());
            json.writeStringField("subject", each.subject());
            json.writeStringField("ends", each.ends().toString());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private Publisher<Void> status(HttpServerResponse response) {
    List<LiveSession> sessions = daemon.live().sessions();
    return Answer.json(
        response,
        json -> {
          json.writeBooleanField("draining", daemon.isDraining());
          json.writeNumberField("sessions", sessions.size());
          json.writeNumberField(
              "transfers", sessions.stream().mapToInt(it -> it.transfers().size()).sum());
          json.writeNumberField("users", daemon.config().users().size());
          json.writeArrayFieldStart("troubles");
          for (String trouble : daemon.troubles()) {
            json.writeString(trouble);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("listeners");
          for (String url : daemon.urls()) {
            json.writeString(url);
          }
          json.writeEndArray();
        });
  }

  private Publisher<Void> sessions(HttpServerResponse response) {
    List<LiveSession> all = daemon.live().sessions();
    return Answer.json(
        response,
        json -> {
          json.writeArrayFieldStart("sessions");
          for (LiveSession each : all) {
            session(json, each);
          }
          json.writeEndArray();
        });
  }

  private static void session(JsonGenerator json, LiveSession live) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", live.session().id());
    json.writeStringField("protocol", live.session().protocol());
    json.writeStringField("peer", String.valueOf(live.session().peer()));
    json.writeStringField("user", live.session().user());
    json.writeStringField("since", live.since().toString());
    json.writeArrayFieldStart("transfers");
    for (LiveTransfer transfer : live.transfers()) {
      json.writeStartObject();
      String direction = transfer.transfer().direction().name().toLowerCase(Locale.ROOT);
      json.writeStringField("direction", direction);
      json.writeStringField("file", String.valueOf(transfer.transfer().file()));
      json.writeStringField("since", transfer.since().toString());
      json.writeNumberField("octets", transfer.octets());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private Publisher<Void> end(HttpServerRequest request, HttpServerResponse response) {
    String id = String.valueOf(request.param("id"));
    Mono<Boolean> ended =
        id.matches("[0-9]{1,18}") ? daemon.end(Long.parseLong(id)) : Mono.just(false);
    return ended.flatMap(
        was ->
            Mono.from(
                was
                    ? response.status(HttpResponseStatus.NO_CONTENT).send()
                    : Answer.problem(
                        response.status(HttpResponseStatus.NOT_FOUND),
                        "there is no session " + id)));
  }

  /** All faults at once where the document does not take effect. */
  private Publisher<Void> reload(HttpServerResponse response) {
    return reload
        .then(Mono.defer(() -> Mono.from(status(response))))
        .onErrorResume(failure -> Mono.from(conflict(response, failure)));
  }

  private static Publisher<Void> conflict(HttpServerResponse response, Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    Stream<String> lines = failure instanceof ConfigFault ? text.lines() : Stream.of(text);
    List<String> faults = lines.toList();
    return Answer.json(
        response.status(HttpResponseStatus.CONFLICT),
        json -> {
          json.writeStringField("error", "nothing was reloaded, all stays as it was");
          json.writeArrayFieldStart("faults");
          for (String fault : faults) {
            json.writeString(fault);
          }
          json.writeEndArray();
        });
  }

  /** Accepts at once: the end of the drain is the end of this server, too. */
  private Publisher<Void> drain(HttpServerResponse response) {
    stop.run();
    return Answer.json(
        response.status(HttpResponseStatus.ACCEPTED),
        json -> json.writeBooleanField("draining", true));
  }
}
