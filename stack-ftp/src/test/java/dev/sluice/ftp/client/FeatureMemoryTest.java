package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Capability;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.FtpSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What a client asks at a later login with a server that it knows. */
final class FeatureMemoryTest {
  private static final String FEATURES =
      String.join("\r\n", "211-Features:", " UTF8", " SIZE", " MFMT", "211 End");

  @Test
  void laterLoginsAskOnlyWhatIsNotKnown() throws Exception {
    assertThat(commands("220 ready", "200 Always in UTF8 mode.", "220 ready"))
        .containsExactly("USER anonymous", "PASS anonymous@example.org", "QUIT");
    assertThat(commands("220 ready", "200 UTF8 set to on", "220 ready"))
        .containsExactly("USER anonymous", "PASS anonymous@example.org", "OPTS UTF8 ON", "QUIT");
  }

  @Test
  void serverThatGreetsOtherwiseIsAskedAnew() throws Exception {
    assertThat(commands("220 ready, version 1", "200 Always in UTF8 mode.", "220 version 2"))
        .contains("FEAT", "OPTS UTF8 ON");
  }

  @Test
  void serverThatDoesNotKnowWhatItListedIsAskedAnew() throws Exception {
    try (Several server = new Several()) {
      server.play("220 ready", "200 Always in UTF8 mode.", "502 not implemented");
      FtpSession first = server.connect();
      assertThat(first.capabilities()).contains(Capability.SET_MODIFIED);
      first
          .stat(RemotePath.of("/x"))
          .onErrorResume(FileFailure.class, no -> Mono.empty())
          .block(PATIENCE);
      first.close().block(PATIENCE);
      server.play("220 ready", "200 Always in UTF8 mode.", "200 yes");
      server.connect().close().block(PATIENCE);
      assertThat(server.heard()).contains("FEAT");
    }
  }

  @Test
  void observerHearsOfTheCommandsOfALoginAndNotOfSecrets() throws Exception {
    try (Several server = new Several()) {
      server.play("220 ready", "200 Always in UTF8 mode.", "200 yes");
      List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());
      FtpClient client = server.client().credentials("ann", "pearl-grey").observer(events::add);
      RealServers.connect(client).close().block(PATIENCE);
      assertThat(events)
          .filteredOn(SessionEvent.RequestAnswered.class::isInstance)
          .extracting(event -> ((SessionEvent.RequestAnswered) event).request())
          .containsExactly("USER", "PASS", "FEAT", "OPTS");
      assertThat(events.toString()).contains("ann").doesNotContain("pearl-grey");
    }
  }

  /** What the second login says to a server that greets as given. */
  private static List<String> commands(String greeting, String utf8, String secondGreeting)
      throws Exception {
    try (Several server = new Several()) {
      server.play(greeting, utf8, "200 yes");
      FtpSession first = server.connect();
      first.close().block(PATIENCE);
      server.play(secondGreeting, utf8, "200 yes");
      FtpSession second = server.connect();
      assertThat(second.capabilities()).isEqualTo(first.capabilities());
      second.close().block(PATIENCE);
      return server.heard();
    }
  }

  /** One connection after the other, and the client that makes them. */
  private static final class Several implements AutoCloseable {
    private final ServerSocket listener =
        new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    private final FtpClient client = FtpClient.create("127.0.0.1").port(listener.getLocalPort());
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> replies = new ConcurrentHashMap<>();

    Several() throws IOException {
      Thread thread = new Thread(this::serve, "several");
      thread.setDaemon(true);
      thread.start();
    }

    void play(String greeting, String utf8, String other) {
      heard.clear();
      replies.putAll(
          Map.of(
              "",
              greeting,
              "USER",
              "331 password?",
              "PASS",
              "230 in",
              "FEAT",
              FEATURES,
              "OPTS",
              utf8,
              "QUIT",
              "221 bye",
              "other",
              other));
    }

    FtpClient client() {
      return client;
    }

    FtpSession connect() {
      return RealServers.connect(client);
    }

    List<String> heard() {
      return List.copyOf(heard);
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }

    private void serve() {
      while (!listener.isClosed()) {
        try (Socket control = listener.accept()) {
          talk(control);
        } catch (IOException gone) {
          // the test is over
        }
      }
    }

    private void talk(Socket control) throws IOException {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(control.getInputStream(), StandardCharsets.US_ASCII));
      say(control, "");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        heard.add(line);
        String verb = line.split(" ", 2)[0];
        say(control, replies.containsKey(verb) ? verb : "other");
      }
    }

    private void say(Socket control, String verb) throws IOException {
      control
          .getOutputStream()
          .write((replies.get(verb) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
