package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.bench.suite.worker.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A server that can be started. */
public interface Server {

  /** Its name in tables. */
  String name();

  Protocol protocol();

  /** Why it cannot be started here; empty = it can. */
  String missing();

  /** Starts one with files of its own, the arena's. */
  Running start(Arena arena) throws IOException;

  /** One that listens. */
  interface Running extends AutoCloseable {
    Endpoint endpoint();

    /** The last of its ports; the first is the endpoint's. */
    int lastPort();

    /** The directory on this disk that its user sees. */
    Path root();

    /** The process that listens; those of sessions are below it. */
    long pid();

    /** Octets of heap in use after a collection; none for a native program. */
    OptionalLong heap();

    /** Threads of a native program, or those that a server in Java has started itself. */
    long threads();

    /** Lets its user replace what this process has put there. */
    void giveFilesToUser() throws IOException;

    @Override
    void close() throws IOException;
  }
}
