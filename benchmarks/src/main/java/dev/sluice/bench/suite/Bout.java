package dev.sluice.bench.suite;

import dev.sluice.bench.suite.contender.Client;
import dev.sluice.bench.suite.contender.Pair;
import dev.sluice.bench.suite.contender.ProcessMeter;
import dev.sluice.bench.suite.contender.Server;
import dev.sluice.bench.suite.contender.Spent;
import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pair whose processes run, from the start to {@link #close()}. Nothing else uses them. */
final class Bout implements AutoCloseable {
  private static final String ARRIVED = "arrived";

  private final Pair pair;
  private final Arena arena;
  private final Server.Running server;
  private final Client.Running client;
  private final Path local;
  private final Tally tally = new Tally();
  private @Nullable Relay relay;

  private Bout(Pair pair, Arena arena, Server.Running server, Client.Running client, Path local) {
    this.pair = pair;
    this.arena = arena;
    this.server = server;
    this.client = client;
    this.local = local;
  }

  static Bout start(Pair pair, Arena arena) throws IOException {
    Server.Running server = pair.server().start(arena);
    try {
      Path local = arena.directory("client");
      arena.fill(local);
      return new Bout(pair, arena, server, pair.client().start(arena), local);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  Pair pair() {
    return pair;
  }

  /** What its runs took. */
  Tally tally() {
    return tally;
  }

  Server.Running server() {
    return server;
  }

  Client.Running client() {
    return client;
  }

  /** From now on, everything goes over a path with this round trip. */
  void over(int millis) {
    if (relay == null) {
      relay = Relay.open(server.endpoint().port(), server.lastPort());
    }
    relay.takes(millis);
  }

  /** From now on, everything goes the short way again. */
  void near() throws IOException {
    if (relay != null) {
      relay.close();
      relay = null;
    }
  }

  /** How the server is reached. */
  Endpoint endpoint() {
    return relay == null ? server.endpoint() : server.endpoint().at(Relay.HOST);
  }

  /**
   * Fetches the big file.
   *
   * @param thorough compares every octet
   */
  Spent down(boolean thorough) throws IOException {
    Path arrived = local.resolve(ARRIVED);
    Files.deleteIfExists(arrived);
    Endpoint from = endpoint();
    Spent spent = metered(() -> client.down(from, from.path(Arena.FILE), arrived));
    check(arrived, thorough);
    return spent;
  }

  /** Sends the big file. */
  Spent up(boolean thorough) throws IOException {
    Path arrived = server.root().resolve(ARRIVED);
    Files.deleteIfExists(arrived);
    Endpoint to = endpoint();
    Spent spent = metered(() -> client.up(to, local.resolve(Arena.FILE), to.path(ARRIVED)));
    check(arrived, thorough);
    return spent;
  }

  /** Fetches the small files into a new directory. */
  Spent manyDown(int count) throws IOException {
    Path arrived = local.resolve(ARRIVED);
    Arena.delete(arrived);
    Files.createDirectory(arrived);
    Endpoint from = endpoint();
    Spent spent = metered(() -> client.manyDown(from, from.path(Arena.MANY), arrived, count));
    checkMany(arrived, count);
    return spent;
  }

  /** Makes a directory like one of small files that it is like already. */
  Spent manyAgain(int count) throws IOException {
    Path arrived = local.resolve(ARRIVED);
    Endpoint from = endpoint();
    if (!Files.exists(arrived)) {
      Files.createDirectory(arrived);
      client.manyDown(from, from.path(Arena.MANY), arrived, count);
    }
    return metered(() -> client.manyDown(from, from.path(Arena.MANY), arrived, count));
  }

  /** Sends the small files into a new directory. */
  Spent manyUp(int count) throws IOException {
    Path arrived = server.root().resolve(ARRIVED);
    Arena.delete(arrived);
    Files.createDirectory(arrived);
    server.giveFilesToUser();
    Endpoint to = endpoint();
    Spent spent =
        metered(() -> client.manyUp(to, local.resolve(Arena.MANY), to.path(ARRIVED), count));
    checkMany(arrived, count);
    return spent;
  }

  /** The CPU time of both sides. */
  private Spent metered(Supplier<Spent> transfer) {
    client.prepare(endpoint());
    double before = ProcessMeter.cpuSeconds(server.pid());
    Spent spent = transfer.get();
    double cpu = ProcessMeter.cpuSeconds(server.pid()) - before;
    return new Spent(spent.seconds(), spent.cpuSeconds() + cpu);
  }

  private void check(Path arrived, boolean thorough) throws IOException {
    boolean same =
        thorough
            ? Files.mismatch(arena.original(), arrived) < 0
            : Files.size(arena.original()) == Files.size(arrived);
    Files.delete(arrived);
    if (!same) {
      throw new IOException("something else arrived");
    }
  }

  private static void checkMany(Path arrived, int count) throws IOException {
    try (Stream<Path> files = Files.list(arrived)) {
      long there = files.count();
      if (there != count) {
        throw new IOException(there + " of " + count + " files arrived");
      }
    }
    Arena.delete(arrived);
  }

  @Override
  public void close() throws IOException {
    client.close();
    if (relay != null) {
      relay.close();
    }
    server.close();
    Arena.delete(local);
  }
}
