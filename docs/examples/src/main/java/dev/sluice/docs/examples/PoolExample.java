package dev.sluice.docs.examples;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import dev.sluice.client.Contents;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.client.pool.SessionPool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session of FTP does one transfer at a time; a pool lends several to many callers. */
public final class PoolExample {
  private PoolExample() {}

  /** At most four sessions; nobody waits longer than ten seconds; idle ones end after a minute. */
  public static SessionPool<FileSession> of(FileClient client) {
    return SessionPool.of(client.connect(), 4, Duration.ofSeconds(10), Duration.ofMinutes(1));
  }

  /** The tables below a directory, read while it is walked: each verb borrows a session. */
  public static Flux<String> tables(FileClient client, RemotePath directory) {
    return Flux.usingWhen(
        Mono.fromSupplier(() -> PooledFiles.of(client, PoolOptions.most(4))),
        files ->
            files
                .walk(directory, WalkOptions.ALL.matching("*.csv"))
                .concatMap(
                    entry -> Contents.bytes(files.read(entry.path(), ByteRange.all()), 1 << 20))
                .map(octets -> new String(octets, StandardCharsets.UTF_8)),
        FileOperations::close);
  }

  /** The sizes of many files, asked through as many sessions as there are. */
  public static Flux<Long> sizes(SessionPool<FileSession> pool, List<RemotePath> files) {
    return Flux.fromIterable(files)
        .flatMapSequential(
            file -> pool.with(session -> session.stat(file)).map(FileEntry::size), 4);
  }
}
