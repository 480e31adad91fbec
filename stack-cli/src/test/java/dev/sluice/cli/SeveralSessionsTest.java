package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree over FTP moves over several sessions, as many as the server accepts. */
final class SeveralSessionsTest {
  private static final int FILES = 40;

  @TempDir Path home;
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private BoundServer server;

  @BeforeEach
  void fill() throws IOException {
    for (int number = 0; number < FILES; number++) {
      Files.writeString(
          Files.createDirectories(home.resolve("served/tree")).resolve("f" + number), "" + number);
    }
  }

  @AfterEach
  void stop() {
    server.disposeNow();
  }

  @Test
  void fourByDefault() throws Exception {
    serve(100);

    assertThat(run("get", "-r", url("/tree"), home.resolve("got").toString())).isZero();

    assertThat(logins.get()).isBetween(2, 4);
    assertThatAllIsThere(home.resolve("got"));
  }

  @Test
  void asManyAsAreAskedFor() throws Exception {
    serve(100);

    assertThat(run("get", "-r", "-j1", url("/tree"), home.resolve("got").toString())).isZero();

    assertThat(logins).hasValue(1);
    assertThatAllIsThere(home.resolve("got"));
  }

  @Test
  void noMoreThanTheServerAccepts() throws Exception {
    serve(2);

    assertThat(run("put", "-r", home.resolve("served/tree").toString(), url("/up"))).isZero();

    assertThat(logins.get()).isBetween(1, 2);
    assertThatAllIsThere(home.resolve("served/up"));
    assertThat(err.toString()).contains(FILES + " copied").contains("0 failed");
  }

  @Test
  void aWrongPasswordIsTriedOnce() {
    serve(100);
    String wrong = url("/tree").replace("pw@", "nonsense@");

    assertThat(run("get", "-r", wrong, home.resolve("got").toString())).isEqualTo(4);

    assertThat(failures).hasValue(1);
  }

  @Test
  void oneFileHasNoUseForSeveral() {
    serve(100);

    assertThat(run("get", "-j4", url("/tree/f1"), home.resolve("got").toString())).isEqualTo(2);

    assertThat(err.toString()).contains("-j is for directories; copy one with -r");
  }

  private void assertThatAllIsThere(Path copy) throws IOException {
    for (int number = 0; number < FILES; number++) {
      assertThat(copy.resolve("f" + number)).hasContent("" + number);
    }
  }

  private void serve(int sessions) {
    server =
        FtpServer.create()
            .host("127.0.0.1")
            .port(0)
            .storage(LocalStorage.at(home.resolve("served")))
            .users(StaticUsers.of("ann", "pw"))
            .sessions(
                limits ->
                    limits.with(
                        limit ->
                            limit
                                .perAddress(sessions)
                                .notLoggedInPerAddress(Math.min(sessions, 34))))
            .observer(
                event -> {
                  if (event instanceof SessionEvent.LoggedIn) {
                    logins.incrementAndGet();
                  } else if (event instanceof SessionEvent.LoginRefused) {
                    failures.incrementAndGet();
                  }
                })
            .bind()
            .block(LiveServers.PATIENCE);
  }

  private String url(String path) {
    return "ftp://ann:pw@127.0.0.1:" + server.address().getPort() + path;
  }

  private int run(String... words) {
    return Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(words);
  }
}
