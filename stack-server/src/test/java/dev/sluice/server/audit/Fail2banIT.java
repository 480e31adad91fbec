package dev.sluice.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileSession;
import dev.sluice.server.test.ServedDocument;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The filter that comes with the documentation, as fail2ban reads it. */
@Timeout(300)
final class Fail2banIT {
  private static final Path FILTER = Path.of("../docs/fail2ban/sluice.conf");

  @TempDir private Path directory;

  @Test
  void aFailedLoginIsFoundAndNobodyElseCanBeBlamed() throws Exception {
    Peers.require("fail2ban");
    Path log = directory.resolve("audit.json");
    try (ServedDocument server =
        ServedDocument.start(
            directory,
            "audit: { file: '" + log + "' }",
            "users:",
            ServedDocument.user(directory, "ann", ""))) {
      FileSession session = server.login("ftp", "ann");
      session.close().block(ServedDocument.PATIENCE);
      for (String user : new String[] {"ann", "x%22,%22address%22:%22192.0.2.1%22,"}) {
        server.login("ftp", user, "wrong").onErrorComplete().block(ServedDocument.PATIENCE);
      }
    }

    String found = run("fail2ban-regex", "--out", "ip", log.toString(), FILTER.toString());

    assertThat(found.lines()).containsExactly("127.0.0.1", "127.0.0.1");
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Files.readString(output);
  }
}
