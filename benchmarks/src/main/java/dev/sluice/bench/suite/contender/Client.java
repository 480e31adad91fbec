package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import java.io.IOException;
import java.nio.file.Path;

/** A client that can be started. */
public interface Client {

  /** Its name in tables. */
  String name();

  /** Why it cannot be started here; empty = it can. */
  String missing();

  /** Starts one: a JVM that lives on, or nothing where every run is a process of its own. */
  Running start(Arena arena) throws IOException;

  /** One that waits for work. Every call ends within minutes, or throws. */
  interface Running extends AutoCloseable {

    /** Called before each transfer, outside of what is measured. */
    default void prepare(Endpoint server) {}

    /** Fetches a file. */
    Spent down(Endpoint server, String remote, Path local);

    /** Sends a file. */
    Spent up(Endpoint server, Path local, String remote);

    /** Fetches {@code count} files of a directory into one that is there, in one session. */
    Spent manyDown(Endpoint server, String remote, Path local, int count);

    /** Sends the {@code count} files of a directory into one that is there, in one session. */
    Spent manyUp(Endpoint server, Path local, String remote, int count);

    @Override
    void close();
  }
}
