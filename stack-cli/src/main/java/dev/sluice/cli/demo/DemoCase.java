package dev.sluice.cli.demo;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.transfer.Transfers;
import dev.sluice.storage.local.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves files over one protocol, both ways, and looks at what arrived. Only the transfers are
 * timed, not the checksums, and only after all of them have run once: the first time is that of a
 * cold JVM, and of memory that the system has yet to find for new files.
 *
 * @param name for the table
 * @param client makes the session
 * @param files where the files are; the big one is called {@link #BIG}
 */
public record DemoCase(String name, FileClient client, DemoFiles files) {
  public static final String BIG = "file";

  /** Each transfer ends within this time, or the demonstration fails. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final String BACK = "back-";

  /** Runs all rounds; a failure is a row of its own. */
  public void run(long octets, int smallFiles, int smallOctets, Consumer<DemoRow> table)
      throws IOException {
    List<String> small = IntStream.range(0, smallFiles).mapToObj(i -> "small-" + i).toList();
    try (Ends ends = Ends.open(client, files)) {
      round(ends, List.of(BIG), octets, table);
      round(ends, small, (long) smallFiles * smallOctets, table);
    } catch (TransferException e) {
      table.accept(DemoRow.failed(name, "both", 1, octets, e));
    }
  }

  private void round(Ends ends, List<String> names, long octets, Consumer<DemoRow> table)
      throws IOException {
    ends.up(names);
    ends.down(names);
    clear(names);
    long up = ends.up(names);
    long down = ends.down(names);
    table.accept(row(ends, "up", names, octets, up, compared(names, files.server(), "")));
    table.accept(row(ends, "down", names, octets, down, compared(names, files.client(), BACK)));
    clear(names);
  }

  private DemoRow row(
      Ends ends, String direction, List<String> names, long octets, long nanos, String compared) {
    String security = ends.remote().info().security();
    return new DemoRow(name, direction, names.size(), octets, nanos, security, compared);
  }

  /** Compares the originals with what is in {@code directory} under the same names. */
  private String compared(List<String> names, Path directory, String prefix) throws IOException {
    for (String original : names) {
      Path arrived = directory.resolve(prefix + original);
      String expected = DemoFiles.checksum(files.client().resolve(original));
      if (!Files.exists(arrived) || !expected.equals(DemoFiles.checksum(arrived))) {
        return "WRONG: " + original;
      }
    }
    return DemoRow.OK;
  }

  private void clear(List<String> names) throws IOException {
    for (String each : names) {
      Files.deleteIfExists(files.server().resolve(each));
      Files.deleteIfExists(files.client().resolve(BACK + each));
    }
  }

  /** The client's disk and its session with the server. */
  private record Ends(StorageSession local, FileSession remote) implements AutoCloseable {

    static Ends open(FileClient client, DemoFiles files) {
      Mono<Ends> both =
          LocalStorage.at(files.client())
              .open(Identity.of("demo"))
              .flatMap(local -> client.connect().map(remote -> new Ends(local, remote)));
      Ends opened = both.block(LIMIT);
      if (opened == null) {
        throw new IllegalStateException("no session");
      }
      return opened;
    }

    /** Nanoseconds that it took. */
    long up(List<String> names) {
      return timed(names, local, remote, "");
    }

    long down(List<String> names) {
      return timed(names, remote, local, BACK);
    }

    private static long timed(
        List<String> names, FileOperations from, FileOperations to, String prefix) {
      long begun = System.nanoTime();
      Flux.fromIterable(names)
          .concatMap(
              name ->
                  Transfers.copy(
                      from,
                      RemotePath.root().child(name),
                      to,
                      RemotePath.root().child(prefix + name),
                      WriteMode.replace()))
          .then()
          .block(LIMIT);
      return System.nanoTime() - begun;
    }

    @Override
    public void close() {
      remote.close().onErrorComplete().then(local.close()).block(LIMIT);
    }
  }
}
