package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice user}, and the server that notices what it has done. */
final class UserCommandIT {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir Path home;

  @BeforeEach
  void document() throws IOException {
    Files.writeString(home.resolve("password"), "secret\n");
    Files.writeString(
        home.resolve("sluice.yaml"),
        "listeners: [ { url: 'ftp://127.0.0.1:0' } ]\ninclude: [users.d/*.yaml]\n");
  }

  /** In their order, as the help shows them. */
  @Test
  void theExamplesOfTheHelpWork() throws Exception {
    byte[] blob = new byte[51];
    new SecureRandom().nextBytes(blob);
    byte[] head = {0, 0, 0, 11, 's', 's', 'h', '-', 'e', 'd', '2', '5', '5', '1', '9', 0, 0, 0, 32};
    System.arraycopy(head, 0, blob, 0, head.length);
    Files.writeString(
        home.resolve("a.pub"), "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob) + " a\n");
    Files.writeString(home.resolve("users.txt"), "eve:$5$salt$" + "x".repeat(43) + "\n");
    String[] footer =
        Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()))
            .getSubcommands()
            .get("user")
            .getCommandSpec()
            .usageMessage()
            .footer();
    List<String> examples = Arrays.stream(footer).filter(each -> each.startsWith("  ")).toList();
    assertThat(examples).hasSize(9);

    for (String example : examples) {
      String words = example.strip().substring("sluice ".length()).replace("'", "");
      boolean piped = words.endsWith(" < password");
      Ran ran = run(piped, words.replace(" < password", "").split(" "));
      assertThat(ran.status()).as("%s: %s", example, ran.output()).isZero();
    }
    assertThat(run(false, "user", "list", "-c", "sluice.yaml").output().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("bob (") || line.startsWith("eve ("));
  }

  @Test
  void aRunningServerLetsInWhoeverWasAddedAndRefusesWhoeverWasRemoved() throws Exception {
    Files.createDirectory(home.resolve("users.d"));
    try (SluiceProcess server = SluiceProcess.start(home, "serve", "-c", "sluice.yaml")) {
      String url = server.ready().get(0).replace("://", "://ann:secret@");
      assertThat(SluiceProcess.run(home, "ls", url)).isEqualTo(4);

      assertThat(run(true, "user", "add", "-c", "sluice.yaml", "--home", home + "", "ann").status())
          .isZero();
      SluiceProcess.await(() -> server.err().contains("reloaded: 1 listener, 1 user,"));
      assertThat(SluiceProcess.run(home, "ls", url)).isZero();

      assertThat(run(false, "user", "remove", "-c", "sluice.yaml", "ann").status()).isZero();
      SluiceProcess.await(() -> server.err().contains("reloaded: 1 listener, 0 users,"));
      assertThat(SluiceProcess.run(home, "ls", url)).isEqualTo(4);
    }
  }

  @Test
  void whatIsWrongHasTheStatusOfTheTable() throws Exception {
    assertThat(run(false, "user", "remove", "-c", "sluice.yaml", "nobody").status()).isEqualTo(5);
    assertThat(run(false, "user", "list").output()).contains("name the document with -c FILE");
    assertThat(run(false, "user", "add", "-c", "sluice.yaml", "--home", "/", "ann").output())
        .contains("there is no password on standard input");
    assertThat(run(false, "user", "list", "-c", "missing.yaml").status()).isEqualTo(2);
  }

  private record Ran(int status, String output) {}

  private Ran run(boolean password, String... words) throws Exception {
    List<String> command = new ArrayList<>(QuickJava.running(words[0]));
    command.addAll(List.of(words));
    Path output = Files.createTempFile(home, "out", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(
                password ? home.resolve("password").toFile() : Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), Files.readString(output));
  }
}
