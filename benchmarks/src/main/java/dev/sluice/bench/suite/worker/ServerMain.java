package dev.sluice.bench.suite.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A server in a process of its own, which lives as long as its standard input. Its first line is a
 * {@link Welcome}; every other answers a {@link Question} with an {@link Answer}.
 */
public final class ServerMain {
  private static final int COLLECTIONS = 3;

  private ServerMain() {}

  /** What a server is asked. */
  public enum Question {
    /** Octets of heap in use after a collection. */
    HEAP,
    /** Threads that there are now and were not before the server was made. */
    THREADS
  }

  /** Takes {@code NAME ROOT HOSTKEY USERKEY}. */
  public static void main(String[] args) throws IOException {
    int threads = threads();
    Account account = new Account(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
    Hosted server = HostedServers.start(args[0], account);
    System.out.println(new Welcome(server.lastPort(), server.root(), server.endpoint()).encode());
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      long answer =
          switch (Question.valueOf(line)) {
            case HEAP -> usedHeap();
            case THREADS -> threads() - threads;
          };
      System.out.println(new Answer(answer).encode());
    }
    server.stop().run();
    System.exit(0);
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /** More than one collection: references that are cleared by one are dropped by the next. */
  private static long usedHeap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
