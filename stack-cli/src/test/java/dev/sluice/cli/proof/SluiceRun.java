package dev.sluice.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code sluice} command as a process of its own: the built jar, or the classes of the test.
 */
final class SluiceRun implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 900;
  private static final Pattern SUMMARY = Pattern.compile("\\{\"event\":\"summary\".*\\}");

  private final Process process;
  private final Path out;
  private final Path err;

  private SluiceRun(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it in {@code home}, with little memory. */
  static SluiceRun start(Path home, List<String> words) throws IOException {
    // A build in the background would hand down that SIGINT is ignored.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    Path jar = Path.of("target", "sluice.jar").toAbsolutePath();
    if (Files.exists(jar)) {
      command.addAll(List.of("-jar", jar.toString()));
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.sluice.cli.Main"));
    }
    command.addAll(words);
    Path out = Files.createTempFile(home, "out", ".txt");
    Path err = Files.createTempFile(home, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("XDG_CONFIG_HOME", home.toString());
    builder.environment().put("NETRC", home.resolve(".netrc").toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return new SluiceRun(builder.start(), out, err);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it ends within this time. */
  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  int status() throws InterruptedException, IOException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      signal("QUIT");
      endsWithin(2000);
    }
    assertThat(ended).as("ended; its threads: %s", out()).isTrue();
    return process.exitValue();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  String out() throws IOException {
    return text(out);
  }

  String err() throws IOException {
    return text(err);
  }

  /** A number of the event at the end of a mirror; -1 = there was none. */
  long summary(String field) throws IOException {
    Matcher summary = SUMMARY.matcher(out());
    if (!summary.find()) {
      return -1;
    }
    Matcher number = Pattern.compile("\"" + field + "\":(\\d+)").matcher(summary.group());
    return number.find() ? Long.parseLong(number.group(1)) : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Files.delete(out);
      Files.delete(err);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException kept) {
      assertThat(kept).as("its output may stay").isNotNull();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
