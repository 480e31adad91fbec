package dev.sluice.bench.suite.worker;

import dev.sluice.bench.suite.worker.Library.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A client in a process of its own, which lives as long as its standard input and grows warm. Every
 * line is an {@link Order}, every line out an {@link Answer}.
 */
public final class Worker {
  private final Library library;
  private final List<Session> held = new ArrayList<>();

  private Worker(Library library) {
    this.library = library;
  }

  /** Takes the name of a library. */
  public static void main(String[] args) throws IOException {
    Worker worker = new Worker(Libraries.named(args[0]));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println(new Answer(0).encode());
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      System.out.println(worker.answer(line));
    }
    System.exit(0);
  }

  private String answer(String line) {
    try {
      return new Answer(carryOut(Order.decode(line))).encode();
    } catch (Exception failure) {
      return Answer.failure(failure);
    }
  }

  private long carryOut(Order order) throws Exception {
    return switch (order.verb()) {
      case DOWN -> timed(order, session -> session.download(order.remote(), local(order)));
      case UP -> timed(order, session -> session.upload(local(order), order.remote()));
      case MANY_DOWN ->
          timed(order, session -> session.downloadAll(order.remote(), local(order), order.count()));
      case MANY_UP ->
          timed(order, session -> session.uploadAll(local(order), order.remote(), order.count()));
      case LOGINS -> logins(order);
      case HOLD -> hold(order);
      case RELEASE -> release();
    };
  }

  private long timed(Order order, Transfer transfer) throws Exception {
    try (Session session = library.open(order.server())) {
      long begun = System.nanoTime();
      transfer.run(session);
      return System.nanoTime() - begun;
    }
  }

  private long logins(Order order) throws Exception {
    long begun = System.nanoTime();
    for (int i = 0; i < order.count(); i++) {
      library.open(order.server()).close();
    }
    return System.nanoTime() - begun;
  }

  private long hold(Order order) throws Exception {
    for (int i = 0; i < order.count(); i++) {
      held.add(library.open(order.server()));
    }
    return held.size();
  }

  private long release() throws Exception {
    for (Session session : held) {
      session.close();
    }
    held.clear();
    return 0;
  }

  private static Path local(Order order) {
    return Path.of(order.local());
  }

  private interface Transfer {
    void run(Session session) throws Exception;
  }
}
