package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built {@code sluice.jar} as a process of its own, its output kept in files. */
final class SluiceProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;
  private static final Pattern READY = Pattern.compile("(?m)^ready (.*)$");

  private final Process process;
  private final Path out;
  private final Path err;

  private SluiceProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static SluiceProcess start(Path directory, String... arguments) {
    return startWithPassword(directory, null, arguments);
  }

  /**
   * Starts it in {@code directory}.
   *
   * @param password for {@code SLUICE_PASSWORD}; null = not set
   */
  static SluiceProcess startWithPassword(Path directory, String password, String... arguments) {
    return startWith(
        password == null ? Map.of() : Map.of("SLUICE_PASSWORD", password), directory, arguments);
  }

  /** Starts it with some variables; it reads no configuration of the person who runs the tests. */
  static SluiceProcess startWith(
      Map<String, String> variables, Path directory, String... arguments) {
    try {
      // A build in the background would hand down that SIGINT is ignored.
      List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
      command.addAll(QuickJava.running(arguments.length == 0 ? "" : arguments[0]));
      command.addAll(List.of(arguments));
      Path out = Files.createTempFile(directory, "out", ".txt");
      Path err = Files.createTempFile(directory, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().remove("SLUICE_PASSWORD");
      builder.environment().put("XDG_CONFIG_HOME", directory.toString());
      builder.environment().put("NETRC", directory.resolve(".netrc").toString());
      builder.environment().putAll(variables);
      return new SluiceProcess(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs to the end and answers the status. */
  static int run(Path directory, String... arguments) throws InterruptedException {
    try (SluiceProcess sluice = start(directory, arguments)) {
      return sluice.status();
    }
  }

  /** The addresses that a server tells when it is ready. */
  List<String> ready() {
    await(() -> READY.matcher(out()).find() || !process.isAlive());
    Matcher ready = READY.matcher(out());
    assertThat(ready.find()).as("ready line; standard error: %s", err()).isTrue();
    return List.of(ready.group(1).split(" "));
  }

  int status() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    await(() -> !process.isAlive());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
