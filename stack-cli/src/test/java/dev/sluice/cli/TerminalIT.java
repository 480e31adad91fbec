package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a terminal: keys, completion, progress, Ctrl-C, and what is kept for next time. */
final class TerminalIT {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  @TempDir Path home;

  @Test
  void aShellCompletesShowsProgressIsInterruptedAndRemembers() throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT), "PEER MISSING: script");
    Path served = Files.createDirectories(home.resolve("served"));
    Files.createDirectories(served.resolve("in/unique-directory"));
    Files.writeString(served.resolve("in/unique-directory/file"), "x");
    byte[] large = new byte[20 << 20];
    new Random(1).nextBytes(large);
    Files.write(served.resolve("in/large"), large);
    try (LiveServers servers = new LiveServers(served);
        Typed shell = new Typed(home, "shell " + servers.url("ftp", "/in"))) {
      shell.await("ann@127.0.0.1:/in> ");
      shell.type("cd uni\t");
      shell.await("unique-directory/");
      shell.type("\n");
      shell.await(":/in/unique-directory> ");
      shell.type("lcd " + home + "\nsync --limit 1m .. file:copy\n");
      shell.await("ETA");
      shell.await("\u001b[K");
      shell.type(CTRL_C);
      shell.await("sluice: interrupted");
      shell.await("> ");
      shell.type("cp /in/none sftp://bob:s3cret@127.0.0.1:1/\n");
      shell.await("/in/unique-directory> ");
      shell.type("ls\n");
      shell.await("file\r\n");
      shell.await("> ");
      shell.type(CTRL_D);

      assertThat(shell.status()).isZero();
    }
    assertThat(home.resolve("state/sluice/history"))
        .content()
        .contains("cd unique-directory/", "sync --limit 1m .. file:copy")
        .doesNotContain("s3cret");
    assertThat(home.resolve("copy/large")).doesNotExist();
  }

  /** The built command on a terminal of its own. */
  private static final class Typed implements AutoCloseable {
    private final Process process;
    private final OutputStream keys;
    private final Path screen;
    private int seen;

    Typed(Path home, String words) throws IOException {
      screen = Files.createTempFile(home, "screen", ".txt");
      String command =
          "stty rows 24 cols 100; exec "
              + String.join(" ", QuickJava.running(words.split(" ")[0]))
              + " "
              + words;
      ProcessBuilder builder =
          new ProcessBuilder(
                  "env", "--default-signal=INT", SCRIPT.toString(), "-qefc", command, "/dev/null")
              .redirectErrorStream(true)
              .redirectOutput(screen.toFile());
      builder.environment().put("TERM", "xterm");
      builder.environment().put("XDG_CONFIG_HOME", home.toString());
      builder.environment().put("XDG_STATE_HOME", home.resolve("state").toString());
      builder.environment().put("NETRC", home.resolve(".netrc").toString());
      process = builder.start();
      keys = process.getOutputStream();
    }

    void type(String text) throws IOException {
      keys.write(text.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    }

    /** Waits for a text after the one that was waited for before. */
    void await(String text) {
      SluiceProcess.await(() -> shown().indexOf(text, seen) >= 0 || !process.isAlive());
      int at = shown().indexOf(text, seen);
      assertThat(at).as("%s on the screen:%n%s", text, shown()).isNotNegative();
      seen = at + text.length();
    }

    int status() throws InterruptedException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(shown()).isTrue();
      return process.exitValue();
    }

    private String shown() {
      try {
        return new String(Files.readAllBytes(screen), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
