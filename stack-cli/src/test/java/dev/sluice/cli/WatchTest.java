package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.OwnThread;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree that follows another one. */
final class WatchTest {
  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path served;
  private Path site;
  private LiveServers servers;
  private volatile Thread watching;
  private CompletableFuture<Integer> running;

  private static final long PATIENCE_SECONDS = 60;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    site = Files.createDirectories(home.resolve("site"));
    Files.writeString(site.resolve("first"), "1");
    servers = new LiveServers(served);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void changesOfThisMachineFollowAtOnceAndCtrlCEndsWithASummary() throws Exception {
    CompletableFuture<Integer> ended =
        watch("--delete", "-v", site.toString(), servers.url("sftp", "/www"));
    await("in step: changed: ");
    assertThat(served.resolve("www/first")).hasContent("1");

    Files.createDirectories(site.resolve("a/b"));
    Files.writeString(site.resolve("a/b/deep"), "deep");
    awaitContent("www/a/b/deep", "deep");
    Files.writeString(site.resolve("a/b/deep"), "deeper");
    awaitContent("www/a/b/deep", "deeper");
    Files.delete(site.resolve("first"));
    await("deleted  ");
    assertThat(served.resolve("www/first")).doesNotExist();

    watching.interrupt();
    assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(130);
    assertThat(err.toString()).contains("3 copied (11 B)", "1 deleted, 0 failed", "complete (new)");
  }

  @Test
  void aServerIsLookedAtAgainAndAgain() throws Exception {
    Files.writeString(served.resolve("x"), "x");
    CompletableFuture<Integer> ended =
        watch("--every", "1s", "--json", servers.url("ftp", "/"), home + "/mirror");
    await(() -> Files.exists(home.resolve("mirror/x")));

    Files.writeString(served.resolve("y"), "y");
    await(() -> Files.exists(home.resolve("mirror/y")));

    watching.interrupt();
    assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(130);
    assertThat(out.toString())
        .contains("\"event\":\"watch\",\"state\":\"in step\"")
        .contains("\"event\":\"summary\",\"copied\":2", "\"event\":\"error\",\"status\":130");
  }

  @Test
  void aFileThatIsBeingWrittenWaitsUntilItIsWhole() throws Exception {
    Path growing = site.resolve("growing");
    CompletableFuture<Integer> ended = watch(site.toString(), servers.url("ftp", "/www"));
    await("in step: changed: ");

    String sentence = "one more sentence\n";
    StringBuilder all = new StringBuilder();
    await(
        () -> {
          append(growing, sentence);
          all.append(sentence);
          return err.toString().contains("waiting: for files that are still being written: 1");
        });
    assertThat(served.resolve("www/growing")).doesNotExist();

    awaitContent("www/growing", all.toString());
    watching.interrupt();
    assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(130);
    assertThat(err.toString()).contains("0 failed");
  }

  @Test
  void aServerThatIsAwayIsAwaited() throws Exception {
    CompletableFuture<Integer> ended =
        watch("--retry", "0", site.toString(), servers.url("ftp", "/www"));
    await("in step: changed: ");

    servers.withoutFtp(
        () -> {
          append(site.resolve("later"), "later");
          await("lost: cannot connect");
        });

    awaitContent("www/later", "later");
    watching.interrupt();
    assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(130);
  }

  @Test
  void whatCannotWorkIsRefusedAtOnce() {
    String url = servers.url("ftp", "/www");
    assertThat(servers.run("watch", "--journal", "x", site.toString(), url).status()).isEqualTo(2);
    assertThat(servers.run("watch", "--every", "0s", site.toString(), url).status()).isEqualTo(2);
    assertThat(servers.run("watch", home + "/none", url).status()).isEqualTo(5);
  }

  private CompletableFuture<Integer> watch(String... words) {
    running =
        CompletableFuture.supplyAsync(
            () -> {
              watching = Thread.currentThread();
              return servers.run(out, err, "watch", words);
            },
            new OwnThread("watch"));
    return running;
  }

  private void await(String text) {
    await(() -> err.toString().contains(text));
  }

  /** With what the command has said, if it takes too long. */
  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(running).as("ended: %s", err).isNotDone();
      assertThat(System.nanoTime()).as("waits in vain: %s", err).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void awaitContent(String file, String content) {
    await(
        () -> {
          try {
            return Files.exists(served.resolve(file))
                && Files.readString(served.resolve(file)).equals(content);
          } catch (IOException e) {
            return false; // replaced just now
          }
        });
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
