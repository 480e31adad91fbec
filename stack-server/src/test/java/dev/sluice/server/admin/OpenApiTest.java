package dev.sluice.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.daemon.ConfiguredAccess;
import dev.sluice.server.daemon.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The description of the API has every route, and no other. */
final class OpenApiTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  @Test
  void describesEveryRoute() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("s.yaml"), "listeners: [ { url: ftp://127.0.0.1:0 } ]\n");
    Daemon daemon =
        Daemon.start(
                ConfigReader.read(file, Map.<String, String>of()::get).config(),
                new ConfiguredAccess()::of,
                SessionObserver.NONE)
            .block(PATIENCE);
    List<String> routes =
        new Api(daemon, Mono.empty(), () -> {})
            .routes().stream()
                .map(route -> route.verb().name().toLowerCase(Locale.ROOT) + " " + route.path())
                .toList();
    daemon.drain(Duration.ZERO).block(PATIENCE);

    assertThat(described()).containsExactlyInAnyOrderElementsOf(routes);
  }

  /** Methods and paths of the document. */
  private static List<String> described() throws IOException {
    List<String> all = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(Resources.text("openapi.json"))) {
      String path = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token != JsonToken.FIELD_NAME) {
          continue;
        }
        String name = json.currentName();
        if (name.startsWith("/api")) {
          path = name;
        } else if (List.of("get", "post", "delete").contains(name)) {
          all.add(name + " " + path);
        }
      }
    }
    return all;
  }
}
