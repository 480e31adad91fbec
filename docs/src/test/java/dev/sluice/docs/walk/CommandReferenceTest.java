package dev.sluice.docs.walk;

import static dev.sluice.docs.walk.Loopback.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The reference of commands says what the server carries out: its verbs are those of HELP, and
 * whether one needs a login is asked of {@link Verb}. Written with {@code
 * -Dwalkthroughs.write=true}.
 */
final class CommandReferenceTest {
  private static final Path PAGE = Path.of("ftp-commands.md");

  @Test
  void theReferenceListsExactlyTheVerbsThatAreCarriedOut() throws IOException {
    Map<Verb, CommandNotes> notes = CommandNotes.all();
    Set<Verb> served = served();
    String page = CommandNotes.text("ftp-commands.template") + table(served, notes) + rest(served);
    if (Boolean.getBoolean("walkthroughs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(notes.keySet()).isEqualTo(served);
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String table(Set<Verb> served, Map<Verb, CommandNotes> notes) {
    return served.stream().map(verb -> row(verb, notes.get(verb))).collect(Collectors.joining());
  }

  private static String row(Verb verb, CommandNotes notes) {
    if (notes == null) {
      throw new IllegalStateException("ftp-commands.tsv says nothing about " + verb);
    }
    return String.format(
        "| `%s` | %s | %s | %s | %s |\n",
        notes.syntax(),
        notes.source(),
        verb.beforeLogin() ? "no" : "yes",
        notes.replies(),
        notes.notes());
  }

  private static String rest(Set<Verb> served) {
    Set<Verb> known = EnumSet.allOf(Verb.class);
    known.removeAll(served);
    return known.stream()
            .map(Verb::name)
            .collect(Collectors.joining("`, `", "\nKnown, and answered 502: `", "`.\n"))
        + "\n[← Security](security.md) · [Contents](README.md) · [How to →](how-to/README.md)\n";
  }

  /** What HELP lists on a server that has everything, and the older names of it. */
  private static Set<Verb> served() throws IOException {
    TlsServerOptions tls = TlsServerOptions.of(new TestCertificates().local());
    BoundServer server =
        FtpServer.create()
            .host(Loopback.SERVER)
            .port(0)
            .storage(MemoryStorage.create())
            .tls(FtpServerTls.explicit(tls))
            .bind()
            .block(LIMIT);
    Set<Verb> listed;
    try {
      listed = help(server.address().getPort());
    } finally {
      server.close().block(LIMIT);
    }
    Set<Verb> all = EnumSet.copyOf(listed);
    Arrays.stream(Verb.values()).filter(it -> listed.contains(it.canonical())).forEach(all::add);
    return all;
  }

  private static Set<Verb> help(int port) throws IOException {
    try (Socket socket = new Socket(Loopback.SERVER, port);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket.getOutputStream().write("HELP\r\n".getBytes(StandardCharsets.US_ASCII));
      Set<Verb> verbs = EnumSet.noneOf(Verb.class);
      for (String line = in.readLine(); !line.startsWith("214 "); line = in.readLine()) {
        if (line.startsWith(" ")) {
          Arrays.stream(line.strip().split(" ", -1)).map(Verb::valueOf).forEach(verbs::add);
        }
      }
      return verbs;
    }
  }
}
