package dev.sluice.testing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.OwnThread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A consumer that is killed again and again loses no file and takes none by halves. {@code
 * -Dinbox.kills=50} kills it fifty times; {@code -Dinbox.seed} chooses the moments.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class InboxKillIT {
  private static final int KILLS = Integer.getInteger("inbox.kills", 8);
  private static final long SEED = Long.getLong("inbox.seed", 20_260_401);
  private static final long SHORTEST_LIFE_MILLIS = 250; // after the first poll
  private static final long LONGEST_LIFE_MILLIS = 1250;
  private static final long PATIENCE_SECONDS = 120;

  @TempDir Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final List<String> consumer = new ArrayList<>();
  private Path sink;
  private Path log;
  private Arrivals arrivals;

  @BeforeEach
  void serve() throws IOException {
    Path served = Files.createDirectories(directory.resolve("served"));
    sink = Files.createDirectories(directory.resolve("sink"));
    Files.createDirectories(directory.resolve("parts"));
    log = Files.createFile(directory.resolve("deliveries"));
    arrivals = new Arrivals(served, SEED);
    Process server =
        start(
            new ProcessBuilder(java(ServerProgram.class, List.of(served.toString())))
                .redirectError(directory.resolve("server-err").toFile()));
    consumer.addAll(List.of(firstLine(server).split(" ")));
    consumer.addAll(List.of(sink.toString(), log.toString()));
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(each -> await("the end of a process", () -> !each.isAlive()));
  }

  @Test
  void filesThatAreClaimedByARenameAndDeletedAreAllThereAndWhole() throws Exception {
    killed(KILLS, 2000);
    await("the last deletion", () -> names(arrivals.directory()).isEmpty());
  }

  @Test
  void filesThatAreRememberedInAFileAndStayAreAllThereAndWhole() throws Exception {
    consumer.add(directory.resolve("claims").toString());
    killed(Math.max(1, KILLS / 3), 500);
    assertThat(names(arrivals.directory())).hasSize(500);
  }

  /** Runs and kills the consumer so often, while so many files arrive, and then lets it finish. */
  private void killed(int kills, int files) throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    CompletableFuture<Void> arriving =
        CompletableFuture.runAsync(() -> arrive(files, kills, rounds), new OwnThread("arrivals"));
    Random random = new Random(SEED);
    for (int i = 0; i < kills; i++) {
      Process process = consume();
      assertThat(firstLine(process))
          .as(() -> text(directory.resolve("events")))
          .isEqualTo("polled");
      rounds.set(i + 1);
      long life = random.nextLong(SHORTEST_LIFE_MILLIS, LONGEST_LIFE_MILLIS);
      assertThat(process.waitFor(life, TimeUnit.MILLISECONDS)).as("ended by itself").isFalse();
      process.destroyForcibly().waitFor();
    }
    consume();
    arriving.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    await("all files", () -> names(sink).size() >= files);

    assertThat(names(sink)).hasSize(files);
    for (int i = 0; i < files; i++) {
      assertWhole(i);
    }
    assertThat(repeated(kills)).isBetween(0L, (long) kills * ConsumerProgram.UNDER_WAY);
  }

  private void assertWhole(int number) throws IOException {
    byte[] found = Files.readAllBytes(sink.resolve(Arrivals.name(number)));
    byte[] expected = arrivals.content(number);
    boolean maybePart = arrivals.interrupted().contains(Arrivals.name(number));
    assertThat(found)
        .as("file %d", number)
        .isEqualTo(maybePart ? Arrays.copyOf(expected, found.length) : expected);
  }

  /** Each life of the consumer has its share of the files, which arrive while it polls. */
  private void arrive(int files, int kills, AtomicInteger rounds) {
    try {
      for (int i = 0; i < files; i++) {
        int round = (int) ((long) i * kills / files);
        await("the next life", () -> rounds.get() > round);
        arrivals.arrive(i);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Process consume() throws IOException {
    return start(
        new ProcessBuilder(java(ConsumerProgram.class, consumer))
            .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("events").toFile())));
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static List<String> java(Class<?> program, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
    command.addAll(arguments);
    return command;
  }

  /** How many deliveries were not the first of their file. */
  private long repeated(int kills) {
    List<String> lines = text(log).lines().toList();
    long files = lines.stream().map(line -> line.split(" ")[1]).distinct().count();
    System.out.printf(
        "%d kills, %d files, %d deliveries, %d repeated, %d announced as such, %d writers paused%n",
        kills,
        files,
        lines.size(),
        lines.size() - files,
        lines.stream().filter(line -> line.startsWith("again")).count(),
        arrivals.interrupted().size());
    return lines.size() - files;
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long for " + what).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
