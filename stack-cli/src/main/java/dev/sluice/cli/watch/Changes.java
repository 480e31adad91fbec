package dev.sluice.cli.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Hears of changes below a directory of this machine, as the system reports them. */
final class Changes implements AutoCloseable {
  /** A directory that never comes to rest is looked at after so many times the quiet. */
  private static final int LONGEST = 10;

  private final WatchService watcher;
  private final Sinks.Many<Long> versions = Sinks.many().replay().latest();
  private final AtomicLong version = new AtomicLong();

  private Changes(WatchService watcher) {
    this.watcher = watcher;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException also when the system watches no more directories
   */
  static Changes below(Path directory) throws IOException {
    Changes changes = new Changes(directory.getFileSystem().newWatchService());
    try {
      changes.register(directory);
    } catch (IOException e) {
      changes.close();
      throw e;
    }
    Thread thread = new Thread(changes::listen, "sluice-watch");
    thread.setDaemon(true);
    thread.start();
    return changes;
  }

  /** How many changes there were; for {@link #since}. */
  long version() {
    return version.get();
  }

  /** Completes when something has changed after {@code seen}, and then nothing for a while. */
  Mono<Void> since(long seen, Duration quiet) {
    Flux<Long> later = versions.asFlux().filter(each -> each != seen);
    Mono<Long> rest = later.switchMap(each -> Mono.delay(quiet)).next();
    return later
        .next()
        .then(Mono.firstWithSignal(rest, Mono.delay(quiet.multipliedBy(LONGEST))))
        .then();
  }

  private void register(Path top) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes known)
              throws IOException {
            directory.register(watcher, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (why instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw why;
          }
        });
  }

  private void listen() {
    try {
      while (true) {
        WatchKey key = watcher.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          extend((Path) key.watchable(), event);
        }
        key.reset();
        versions.tryEmitNext(version.incrementAndGet()).orThrow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      versions.tryEmitComplete();
    } catch (IOException | UncheckedIOException e) {
      versions.tryEmitError(e);
    }
  }

  /** What is in a new directory by now is found by the round that its event starts. */
  private void extend(Path directory, WatchEvent<?> event) throws IOException {
    if (event.kind() == ENTRY_CREATE && event.context() instanceof Path name) {
      Path made = directory.resolve(name);
      if (Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
        register(made);
      }
    }
  }

  @Override
  public void close() {
    try {
      watcher.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
