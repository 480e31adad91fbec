package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.inbox.InboxEvent.Finished;
import dev.sluice.docs.examples.InboxExample;
import dev.sluice.docs.examples.ServerExample;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.storage.local.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The examples of inboxes and outboxes, run. */
final class InboxExampleTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path here;
  @TempDir private Path there;

  @BeforeEach
  void createDirectories() throws IOException {
    Files.createDirectories(here.resolve("in"));
  }

  @Test
  void ordersAreHandledAndMoved() throws IOException {
    Files.writeString(here.resolve("in/a.csv"), "1 apple");
    Files.writeString(here.resolve("in/note.txt"), "no order");
    List<String> orders = new CopyOnWriteArrayList<>();
    BoundServer server = ServerExample.serve(here, 0).block(LIMIT);
    try {
      InboxExample.orders(client(server), order -> Mono.fromRunnable(() -> orders.add(order)))
          .takeUntil(Finished.class::isInstance)
          .blockLast(LIMIT);

      assertThat(orders).containsExactly("1 apple");
      assertThat(here.resolve("done/a.csv")).hasContent("1 apple");
      assertThat(here.resolve("in/note.txt")).exists();
    } finally {
      server.close().block(LIMIT);
    }
  }

  @Test
  void readingsStayWhereTheyAre() throws IOException {
    Files.writeString(here.resolve("in/a"), "21.5");
    Files.writeString(here.resolve("in/a.done"), "");
    StorageSession files = LocalStorage.at(here).open(Identity.of("ann")).block(LIMIT);
    try {
      InboxExample.readings(files, there.resolve("claims"), there)
          .takeUntil(Finished.class::isInstance)
          .blockLast(LIMIT);

      assertThat(there.resolve("a")).hasContent("21.5");
      assertThat(here.resolve("in/a")).exists();
    } finally {
      files.close().block(LIMIT);
    }
  }

  @Test
  void aDirectoryEmptiesItself() throws IOException {
    Files.createDirectories(there.resolve("out"));
    Files.writeString(there.resolve("out/b.csv"), "2 pears");
    BoundServer server = ServerExample.serve(here, 0).block(LIMIT);
    try {
      InboxExample.send(there, client(server))
          .takeUntil(Finished.class::isInstance)
          .blockLast(LIMIT);

      assertThat(here.resolve("in/b.csv")).hasContent("2 pears");
      assertThat(there.resolve("sent/b.csv")).hasContent("2 pears");
    } finally {
      server.close().block(LIMIT);
    }
  }

  private static FtpClient client(BoundServer server) {
    return FtpClient.create("127.0.0.1")
        .port(server.address().getPort())
        .credentials("ann", "secret");
  }
}
