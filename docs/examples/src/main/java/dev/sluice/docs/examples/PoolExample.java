package dev.sluice.docs.examples;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.client.pool.SessionPool;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;

/** A session of FTP does one transfer at a time; a pool lends several to many callers. */
public final class PoolExample {
  private PoolExample() {}

  /** At most four sessions; nobody waits longer than ten seconds; idle ones end after a minute. */
  public static SessionPool<FileSession> of(FileClient client) {
    return SessionPool.of(client.connect(), 4, Duration.ofSeconds(10), Duration.ofMinutes(1));
  }

  /** The sizes of many files, asked through as many sessions as there are. */
  public static Flux<Long> sizes(SessionPool<FileSession> pool, List<RemotePath> files) {
    return Flux.fromIterable(files)
        .flatMapSequential(
            file -> pool.with(session -> session.stat(file)).map(FileEntry::size), 4);
  }
}
