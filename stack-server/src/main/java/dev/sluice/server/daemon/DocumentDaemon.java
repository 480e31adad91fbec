package dev.sluice.server.daemon;

import dev.sluice.api.IoScheduler;
import dev.sluice.server.config.ConfigFault;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.config.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Keeps a daemon as its document says: reads the document again when it is asked to, and when a
 * file has changed. A document with a fault changes nothing.
 */
public final class DocumentDaemon {
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Daemon daemon;
  private final Path file;
  private final SystemdNotifier manager;
  private final Consumer<String> log;
  private final AtomicReference<Set<Path>> files;
  private final Sinks.Many<Boolean> wishes = Sinks.many().multicast().directBestEffort();

  /**
   * @param files that the document of {@code daemon} was read from
   * @param log takes a line about each reload
   */
  public DocumentDaemon(
      Daemon daemon, Path file, Set<Path> files, SystemdNotifier manager, Consumer<String> log) {
    this.daemon = daemon;
    this.file = file;
    this.manager = manager;
    this.log = log;
    this.files = new AtomicReference<>(Set.copyOf(files));
  }

  /** Watches from now on. */
  public Disposable watch() {
    return Flux.merge(wishes.asFlux(), FileWatch.changes(this::watched, LOOK))
        .onBackpressureLatest()
        .concatMap(wish -> reload().onErrorComplete(), 1)
        .subscribe();
  }

  /** Reads the document again soon. Any thread. */
  public void wish() {
    wishes.emitNext(true, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
  }

  /**
   * Reads the document again. If it does not take effect, writes the reason to the log and signals
   * it.
   */
  public Mono<Void> reload() {
    return manager
        .reloading()
        .then(Mono.fromCallable(() -> ConfigReader.read(file)).subscribeOn(IoScheduler.shared()))
        .flatMap(
            read ->
                daemon
                    .reload(read.config())
                    .doOnSuccess(
                        done -> {
                          files.set(read.files());
                          log.accept("reloaded: " + summary(read.config()));
                        }))
        .doOnError(this::kept)
        .onErrorResume(failure -> manager.ready(summary(daemon.config())).then(Mono.error(failure)))
        .then(Mono.defer(() -> manager.ready(summary(daemon.config()))));
  }

  /** What a document holds, in one line. */
  public static String summary(ServerConfig config) {
    return counted(config.listeners().size(), "listener")
        + ", "
        + counted(config.users().size(), "user")
        + ", "
        + counted(config.groups().size(), "group")
        + ", "
        + counted(config.hooks().size(), "hook");
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void kept(Throwable failure) {
    log.accept("nothing was reloaded, all stays as it was:");
    String text = String.valueOf(failure.getMessage());
    (failure instanceof ConfigFault ? text.lines() : Stream.of(text)).forEach(log);
  }

  private Set<Path> watched() {
    Set<Path> all = new TreeSet<>(files.get());
    all.addAll(FileWatch.namedBy(daemon.config()));
    return all;
  }
}
