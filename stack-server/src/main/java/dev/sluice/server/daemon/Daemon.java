package dev.sluice.server.daemon;

import dev.sluice.api.BoundServer;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.listen.Access;
import dev.sluice.server.listen.Listeners;
import dev.sluice.server.listen.Listening;
import dev.sluice.server.listen.ShownCertificate;
import dev.sluice.transport.observe.LiveSessions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All listeners of a document. A new document takes effect as a whole or not at all: everything
 * that can fail is done first. Sessions in progress keep what they have.
 */
public final class Daemon {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Function<ServerConfig, Access> accesses;
  private final LiveSessions live = new LiveSessions(Clock.systemUTC());
  private final SessionObserver observer;
  private final AtomicBoolean changing = new AtomicBoolean();

  /** Listeners that are in no document any more, as long as they have sessions. */
  private final Map<BoundServer, Boolean> retired = new ConcurrentHashMap<>();

  private volatile State state;
  private volatile boolean draining;

  /** What one document has become. */
  private record State(ServerConfig config, Access access, Map<URI, Running> listeners) {}

  /** A listener and the server that serves it. */
  private record Running(Listening listening, BoundServer server) {}

  private Daemon(
      ServerConfig config, Function<ServerConfig, Access> accesses, SessionObserver observer) {
    this.accesses = accesses;
    this.observer = live.and(observer);
    this.state = new State(config, accesses.apply(config), Map.of());
  }

  /**
   * Binds all listeners, or none: then the failure is signalled.
   *
   * @param accesses what a document says of users; called again for each document
   * @param observer hears of all sessions
   */
  public static Mono<Daemon> start(
      ServerConfig config, Function<ServerConfig, Access> accesses, SessionObserver observer) {
    return Mono.fromCallable(() -> new Daemon(config, accesses, observer))
        .subscribeOn(IoScheduler.shared())
        .flatMap(daemon -> daemon.reload(config).thenReturn(daemon));
  }

  /**
   * Replaces the document. Signals why it cannot be, and then nothing has changed. One after
   * another: {@link IllegalStateException} while another one is under way.
   */
  public Mono<Void> reload(ServerConfig config) {
    return Mono.defer(
        () -> {
          if (draining) {
            return Mono.error(new IllegalStateException("the server is shutting down"));
          }
          if (!changing.compareAndSet(false, true)) {
            return Mono.error(new IllegalStateException("another reload is under way"));
          }
          return Mono.fromCallable(() -> new Next(config, accesses.apply(config)))
              .subscribeOn(IoScheduler.shared())
              .flatMap(this::prepared)
              .doOnNext(this::commit)
              .then()
              .doOnTerminate(() -> changing.set(false)) // before whoever waits begins the next one
              .doOnCancel(() -> changing.set(false));
        });
  }

  /**
   * Stops accepting, lets transfers end for at most {@code grace}, then ends all sessions. Sessions
   * without a transfer end after two seconds. May be subscribed to again with less.
   */
  public Mono<Void> drain(Duration grace) {
    return Mono.defer(
        () -> {
          draining = true;
          Mono<Void> drained =
              Flux.fromIterable(servers())
                  .flatMap(server -> server.drain(grace), Integer.MAX_VALUE)
                  .then();
          return Mono.using(this::endingQuietSessions, sweep -> drained, Disposable::dispose)
              .then(Mono.defer(() -> state.access().upkeep().settled()));
        });
  }

  private Disposable endingQuietSessions() {
    Set<Long> before = new HashSet<>();
    return Flux.interval(LOOK)
        .onBackpressureDrop()
        .concatMap(
            tick -> {
              Set<Long> quiet = quietSessions();
              Set<Long> still = new HashSet<>(quiet);
              still.retainAll(before);
              before.clear();
              before.addAll(quiet);
              return Flux.fromIterable(still).flatMap(this::end).onErrorComplete();
            },
            1)
        .subscribe();
  }

  private Set<Long> quietSessions() {
    return live.sessions().stream()
        .filter(session -> session.transfers().isEmpty())
        .map(session -> session.session().id())
        .collect(Collectors.toSet());
  }

  /** Completes if all listeners work, and signals why not. */
  public Mono<Void> healthy() {
    return Flux.fromIterable(state.listeners().values())
        .flatMap(running -> running.server().healthy())
        .then();
  }

  /** What is wrong although all listeners work, each in words for an operator. */
  public List<String> troubles() {
    return state.access().upkeep().troubles();
  }

  /** Whether it is stopping. */
  public boolean isDraining() {
    return draining;
  }

  /** The document in effect. */
  public ServerConfig config() {
    return state.config();
  }

  /** Where the listeners are, in the order of the document, as clients write it. */
  public List<String> urls() {
    return state.listeners().values().stream()
        .map(running -> Listening.url(running.listening().config().url(), running.server()))
        .toList();
  }

  /** The certificates that the listeners show to new sessions, in the order of the document. */
  public List<ShownCertificate> certificates() {
    return state.listeners().values().stream()
        .flatMap(running -> running.listening().shown(running.server()).stream())
        .toList();
  }

  /**
   * The servers of the listeners, in the order of the document, and those that are being retired.
   */
  public List<BoundServer> servers() {
    List<BoundServer> all = new ArrayList<>();
    state.listeners().values().forEach(running -> all.add(running.server()));
    all.addAll(retired.keySet());
    return all;
  }

  /** The sessions that are open now. */
  public LiveSessions live() {
    return live;
  }

  /** Ends a session. Emits whether there was one. */
  public Mono<Boolean> end(long session) {
    return Flux.fromIterable(servers()).flatMap(server -> server.end(session)).any(ended -> ended);
  }

  /** A document on its way to take effect. */
  private final class Next {
    final ServerConfig config;
    final Access access;
    final Map<URI, Listening> wanted;
    final Map<URI, Running> listeners = new LinkedHashMap<>();
    final List<BoundServer> fresh = new ArrayList<>();
    final List<Runnable> changes = new ArrayList<>();

    Next(ServerConfig config, Access access) {
      this.config = config;
      this.access = access;
      this.wanted = Listeners.of(config);
    }

    Mono<Void> add(URI url, Listening wanted) {
      Running before = state.listeners().get(url);
      if (before == null) {
        return wanted
            .bind(served())
            .doOnNext(fresh::add)
            .doOnNext(bound -> listeners.put(url, new Running(wanted, bound)))
            .then();
      }
      listeners.put(url, new Running(wanted, before.server()));
      return wanted.sameAs(before.listening())
          ? Mono.empty()
          : wanted.successorOf(before.server(), served()).doOnNext(changes::add).then();
    }

    Mono<Void> undo() {
      return Flux.fromIterable(fresh).flatMap(BoundServer::close).then().onErrorComplete();
    }
  }

  private Mono<Next> prepared(Next next) {
    return Flux.fromIterable(next.wanted.entrySet())
        .concatMap(each -> next.add(each.getKey(), each.getValue()))
        .then()
        .onErrorResume(failure -> next.undo().then(Mono.error(failure)))
        .thenReturn(next);
  }

  private void commit(Next next) {
    State before = state;
    state = new State(next.config, next.access, next.listeners);
    next.changes.forEach(Runnable::run);
    before
        .listeners()
        .forEach(
            (url, running) -> {
              if (!next.listeners.containsKey(url)) {
                retire(running.server());
              }
            });
  }

  private void retire(BoundServer server) {
    retired.put(server, true);
    server.retire().onErrorComplete().doFinally(end -> retired.remove(server)).subscribe();
  }

  /** What listeners hold: the users of whatever document is in effect at a login. */
  private Access served() {
    return new Access(
        attempt -> Mono.defer(() -> state.access().users().authenticate(attempt)),
        new CurrentFiles(() -> state.access().files()),
        observer.and(event -> state.access().observer().onEvent(event)),
        Access.Upkeep.NONE);
  }
}
