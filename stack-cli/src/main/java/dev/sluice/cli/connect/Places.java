package dev.sluice.cli.connect;

import dev.sluice.api.Capability;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.place.LocalPlace;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ClosedPipe;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.client.pool.RenewingSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Turns words into places: opens what they name and closes it at the end. Words of one server share
 * a session, which logs in again after it has ended.
 */
public final class Places {
  /** For a server to tidy up after a cancelled transfer. */
  private static final Duration SETTLE = Duration.ofSeconds(5);

  /** Files wait for a session as long as those before them take. */
  private static final Duration POOL_WAIT = Duration.ofHours(1);

  private static final Duration FIRST_WAIT = Duration.ofMillis(200);

  private final RemoteOptions options;
  private final Effort effort;
  private final Map<RemoteUrl, Mono<FileSession>> servers = new LinkedHashMap<>();
  private final Map<RemoteUrl, Mono<FileSession>> logins = new LinkedHashMap<>();
  private final Map<RemoteUrl, Mono<FileSession>> writers = new LinkedHashMap<>();
  private final Map<RemoteUrl, FileOperations> readingPools = new LinkedHashMap<>();
  private final Map<RemoteUrl, FileOperations> writingPools = new LinkedHashMap<>();
  private final ConcurrentLinkedQueue<FileOperations> opened = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<FileOperations> borrowed = new ConcurrentLinkedQueue<>();

  private Places(RemoteOptions options, Effort effort) {
    this.options = options;
    this.effort = effort;
  }

  /**
   * Works with places and closes them afterwards, whatever happens.
   *
   * @param words all that the command will open: passwords are asked for before anything begins
   */
  public static void run(
      RemoteOptions options, List<Word> words, Function<Places, ? extends Publisher<?>> work) {
    run(options, words, Effort.LEAST, work);
  }

  /** As {@link #run(RemoteOptions, List, Function)}, with more than the least effort. */
  public static void run(
      RemoteOptions options,
      List<Word> words,
      Effort effort,
      Function<Places, ? extends Publisher<?>> work) {
    Places places = new Places(options, effort);
    for (Word word : words) {
      if (word instanceof Word.Remote remote) {
        options.serves(remote.url().scheme());
      }
    }
    for (Word word : words) {
      places.prepare(word);
    }
    Interruptible.run(Mono.just(places), work, Places::close, Places::undo);
  }

  /**
   * Does the same with each place that the words name, in turn. A place that fails does not keep
   * the others from their turn; all failures are signalled at the end.
   */
  public static void forEach(
      RemoteOptions options, List<String> texts, Function<Place, ? extends Publisher<?>> work) {
    List<Word> words = texts.stream().map(options::word).toList();
    run(
        options,
        words,
        places ->
            inTurn(
                    Flux.fromIterable(words),
                    word -> inTurn(places.open(word).flatMapMany(Place::expanded), work))
                .doOnError(failure -> Outcome.print(failure, options.err())));
  }

  /** Does the work with all of them in turn; the failures come at the end. */
  public static <T> Mono<Void> inTurn(Flux<T> all, Function<T, ? extends Publisher<?>> work) {
    return Mono.defer(
        () -> {
          List<Throwable> failures = new ArrayList<>();
          return all.concatMap(
                  each ->
                      Mono.defer(() -> Flux.from(work.apply(each)).then())
                          .onErrorResume(failure -> keep(failures, failure)))
              .then()
              .onErrorResume(failure -> keep(failures, failure))
              .then(Mono.defer(() -> signal(failures)));
        });
  }

  /** A reader that has gone ends everything. */
  private static Mono<Void> keep(List<Throwable> failures, Throwable failure) {
    for (Throwable each : Exceptions.unwrapMultiple(failure)) {
      if (each instanceof ClosedPipe) {
        return Mono.error(each);
      }
      if (failures.stream().noneMatch(known -> known == each)) {
        failures.add(each);
      }
    }
    return Mono.empty();
  }

  private static Mono<Void> signal(List<Throwable> failures) {
    return switch (failures.size()) {
      case 0 -> Mono.empty();
      case 1 -> Mono.error(failures.get(0));
      default -> Mono.error(Exceptions.multiple(failures));
    };
  }

  private void prepare(Word word) {
    if (word instanceof Word.Remote remote && !pooled(remote.url())) {
      login(remote.url(), logins);
    }
  }

  /** That of a shell stays open. */
  private Mono<FileSession> login(RemoteUrl url, Map<RemoteUrl, Mono<FileSession>> logins) {
    Optional<Mono<FileSession>> shared = options.around().session(url);
    if (logins == this.logins && shared.isPresent()) {
      return shared.get().doOnNext(borrowed::add);
    }
    return once(
        url,
        logins,
        () ->
            RenewingSession.of(server(url))
                .<FileSession>map(session -> session)
                .doOnNext(opened::add)
                .cache());
  }

  /** Each subscription logs in; a password is asked for once. */
  private Mono<FileSession> server(RemoteUrl url) {
    return once(url, servers, () -> again(options.connect(url).map(session -> session)));
  }

  /** A server that cannot be reached is given up at once: it may be the wrong one. */
  private Mono<FileSession> again(Mono<FileSession> login) {
    return effort.retries() == 0
        ? login
        : login.retryWhen(
            Retry.backoff(effort.retries(), FIRST_WAIT)
                .filter(SessionClosed.class::isInstance)
                .onRetryExhaustedThrow((spec, last) -> last.failure()));
  }

  private synchronized <T> T once(RemoteUrl url, Map<RemoteUrl, T> known, Supplier<T> first) {
    for (Map.Entry<RemoteUrl, T> each : known.entrySet()) {
      if (each.getKey().sameServer(url)) {
        return each.getValue();
      }
    }
    T made = first.get();
    known.put(url, made);
    return made;
  }

  /** The place that {@code word} names. */
  public Mono<Place> open(Word word) {
    if (word instanceof Word.Remote remote) {
      return pooled(remote.url())
          ? pooled(remote, readingPools)
          : login(remote.url(), logins).flatMap(session -> on(session, remote));
    }
    return Mono.defer(() -> local(word, LocalPlace.of(((Word.Local) word).file())));
  }

  private boolean pooled(RemoteUrl url) {
    return effort.sessions() > 1 && url.isFtp();
  }

  /** Logs in when the first file needs a session. */
  private Mono<Place> pooled(Word.Remote word, Map<RemoteUrl, FileOperations> pools) {
    return Mono.defer(
        () -> {
          FileOperations files = once(word.url(), pools, () -> pool(word.url()));
          Mono<RemotePath> path =
              word.url().home()
                  ? files.home().map(home -> home.append(word.url().path()))
                  : Mono.just(word.url().path());
          return path.map(there -> new Place(word, files, there, there));
        });
  }

  private FileOperations pool(RemoteUrl url) {
    FileOperations files =
        PooledFiles.of(
            () -> server(url), PoolOptions.most(effort.sessions()).withAcquire(POOL_WAIT));
    opened.add(files);
    return files;
  }

  /**
   * A directory of this machine as a tree of its own, so that names from elsewhere stay below it.
   */
  public Mono<Place> inside(Word.Local word) {
    return Mono.defer(() -> local(word, LocalPlace.inside(word.file())));
  }

  /**
   * As {@link #open}, for a copy that reads from {@code source}: a session that can do one transfer
   * at a time cannot also write what it reads. Nor can sessions of one pool: a file needs two.
   */
  public Mono<Place> openTarget(Word word, Place source) {
    if (!(word instanceof Word.Remote remote
        && source.word() instanceof Word.Remote from
        && from.url().sameServer(remote.url()))) {
      return open(word);
    }
    if (pooled(remote.url())) {
      return pooled(remote, writingPools);
    }
    return source.tree().capabilities().contains(Capability.PARALLEL_TRANSFERS)
        ? open(word)
        : login(remote.url(), writers).flatMap(session -> on(session, remote));
  }

  private Mono<Place> on(FileSession session, Word.Remote word) {
    return word.url().on(session).map(path -> new Place(word, session, path, path));
  }

  private Mono<Place> local(Word word, LocalPlace place) {
    return place
        .open()
        .doOnNext(opened::add)
        .map(tree -> new Place(word, tree, place.path(), place.path()));
  }

  private Mono<Void> close() {
    return Flux.fromIterable(opened).concatMap(each -> each.close().onErrorComplete()).then();
  }

  private Mono<Void> undo() {
    return Flux.fromIterable(borrowed)
        .distinct()
        .flatMap(Places::settled)
        .thenMany(Flux.fromIterable(opened))
        .flatMap(Places::undo)
        .then();
  }

  /**
   * The session takes callers in turn: an answer to the next request shows that the cancelled one
   * has been cleaned up.
   */
  private static Mono<Void> settled(FileOperations tree) {
    return tree.stat(RemotePath.root()).timeout(SETTLE).then().onErrorComplete();
  }

  private static Mono<Void> undo(FileOperations tree) {
    return settled(tree).then(Mono.defer(tree::close)).onErrorComplete();
  }
}
