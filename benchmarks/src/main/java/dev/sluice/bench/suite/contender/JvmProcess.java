package dev.sluice.bench.suite.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that does what lines of its standard input say and answers each with one line. What it
 * writes to standard error is kept in a file for the message of a failure.
 */
final class JvmProcess implements AutoCloseable {
  private static final Duration END_DEADLINE = Duration.ofSeconds(5);
  private static final int FIRST_WITH_NATIVE_ACCESS = 24;
  private static final String ENDED = "";

  private final Process process;
  private final Writer orders;
  private final Path log;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private JvmProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "answers of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code main} on the class path of this JVM, with the options of SLUICE_JAVA_OPTS. */
  static JvmProcess start(Class<?> main, Path log, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= FIRST_WITH_NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    String chosen = System.getenv().getOrDefault("SLUICE_JAVA_OPTS", "");
    command.addAll(chosen.isBlank() ? List.of() : List.of(chosen.trim().split("\\s+", -1)));
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new JvmProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Sends a line, and returns the next one that arrives. */
  String ask(String order, Duration deadline) {
    try {
      orders.write(order + "\n");
      orders.flush();
    } catch (IOException e) {
      throw failure("does not listen");
    }
    return line(deadline);
  }

  /** The next line. */
  String line(Duration deadline) {
    try {
      String line = answers.poll(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        process.destroyForcibly();
        throw failure("said nothing for " + deadline + ", killed");
      }
      if (line.equals(ENDED)) {
        throw failure("ended");
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    }
  }

  @Override
  public void close() {
    try {
      orders.close();
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      if (!process.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(line);
      }
    } catch (IOException e) {
      // As at its end.
    }
    answers.add(ENDED);
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException("process " + process.pid() + " " + what + ": " + logEnd());
  }

  private String logEnd() {
    try {
      String text = Files.readString(log).strip();
      return text.substring(Math.max(0, text.length() - 2000));
    } catch (IOException e) {
      return "(no log)";
    }
  }
}
