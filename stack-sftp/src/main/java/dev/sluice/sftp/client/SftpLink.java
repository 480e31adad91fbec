package dev.sluice.sftp.client;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.io.Outbox;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.Init;
import dev.sluice.sftp.message.PacketDecoder;
import dev.sluice.sftp.message.PacketFramer;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.Version;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.channel.RoundTrip;
import dev.sluice.ssh.channel.WindowBudget;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.transport.io.LoopEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Requests and answers on an SSH channel. All state lives on the channel's thread; {@link #run}
 * leads there. What the server sends is taken as it arrives: the requests bound its size.
 */
final class SftpLink {
  private static final int ID_END = 1 + Integer.BYTES;

  /** Octets of requests that may wait for the channel before uploads pause: a first window. */
  private static final int MOST_WAITING = 2 * 1024 * 1024;

  private final SshChannel channel;
  private final Scheduler scheduler;
  private final PendingRequests pending;
  private final PacketFramer framer;
  private final Outbox outbox;
  private final Observation observation;
  private final HeadStart headStart;
  private final Set<Sinks.Empty<Void>> tidying = ConcurrentHashMap.newKeySet();
  private final LinkUsers users = new LinkUsers();
  private Dialect dialect = Dialect.of(SftpVersion.V3);
  private @Nullable Disposable timer;
  private Stage stage = Stage.Up.UP;

  /** How far the session is. */
  private sealed interface Stage {
    /** VERSION is awaited. */
    record Greeting(MonoSink<Version> hello) implements Stage {}

    /** Requests and their answers are exchanged. */
    enum Up implements Stage {
      UP
    }

    /**
     * The session has ended.
     *
     * @param lost the error for callers that still use the session
     */
    record Ended(SessionClosed lost) implements Stage {}
  }

  /**
   * @param maxPacket octets of the longest packet taken
   * @param requestTime how long an answer may take
   * @param observation receives every answer
   */
  SftpLink(SshChannel channel, int maxPacket, Duration requestTime, Observation observation) {
    this.channel = channel;
    this.scheduler = channel.scheduler();
    this.pending = new PendingRequests(1, requestTime);
    this.observation = observation;
    this.framer = new PacketFramer(ByteBufAllocator.DEFAULT, maxPacket);
    this.headStart = new HeadStart(pending.roundTrip(), WindowBudget.process());
    this.outbox = new Outbox(ByteBufAllocator.DEFAULT, this::resume);
  }

  /** Sends INIT and returns the server's answer. Called once, before everything else. */
  Mono<Version> greet(SftpVersion highest, Duration longest) {
    return Mono.<Version>create(
            sink ->
                run(
                    () -> {
                      stage = new Stage.Greeting(sink);
                      outbox.add(new Init(highest.number()), dialect);
                      channel.send(outbox).subscribe(sent -> {}, this::fail);
                      channel.input().subscribe(this::received, this::fail, this::closed);
                    }))
        .timeout(longest, Mono.error(() -> new TimedOut("VERSION of SFTP", longest)), scheduler)
        .doOnError(this::fail);
  }

  /** What is sent and read from here on has this layout. On the thread. */
  void speak(Dialect newDialect) {
    dialect = newDialect;
  }

  Observation observation() {
    return observation;
  }

  Dialect dialect() {
    return dialect;
  }

  /** What the path to the server and back takes. On the thread. */
  RoundTrip roundTrip() {
    return pending.roundTrip();
  }

  /** The head start of transfers. On the thread. */
  HeadStart headStart() {
    return headStart;
  }

  /** Much data has been requested. On the thread. */
  void expectBulk() {
    channel.expectBulk();
  }

  /** Whether little waits for the channel. On the thread. */
  boolean hasRoom() {
    return outbox.octets() < MOST_WAITING;
  }

  /** Runs {@code task} when there is room, in the order of calls. On the thread. */
  void awaitRoom(Runnable task) {
    users.await(task);
  }

  /** Runs {@code task} on the channel's thread, after the tasks given before. */
  void run(Runnable task) {
    LoopEnd.execute(scheduler::schedule, task);
  }

  /**
   * Sends a request. On the thread; {@code reply} is not called before this returns.
   *
   * @param expected the type of a response other than STATUS that may come; 0 = none
   * @param request makes the request with the given id
   */
  void send(int expected, IntFunction<? extends SftpRequest> request, Reply reply) {
    if (stage instanceof Stage.Ended ended) {
      request.apply(0).payload().release();
      run(() -> reply.onFailure(ended.lost));
      return;
    }
    int id = pending.next();
    SftpRequest made = request.apply(id);
    pending.add(id, expected, observation.watching(reply, made), System.nanoTime());
    outbox.add(made, dialect);
    watch();
  }

  /** Gives a handle back and does not wait for the answer. On the thread. */
  void close(SftpHandle handle) {
    if (!hasEnded()) {
      send(0, id -> new HandleRequest.Close(id, handle), Reply.IGNORED);
    }
  }

  /** Tells {@code user} when the session ends while it may have no request under way. */
  void enter(Consumer<Throwable> user) {
    if (stage instanceof Stage.Ended ended) {
      run(() -> user.accept(ended.lost));
    } else {
      users.enter(user);
    }
  }

  void leave(Consumer<Throwable> user) {
    users.leave(user);
  }

  /** {@code work}; {@link #tidied} waits for its end. From any thread. */
  Mono<Void> tidying(Mono<Void> work) {
    return Mono.defer(
        () -> {
          Sinks.Empty<Void> done = Sinks.empty();
          tidying.add(done);
          return work.doFinally(
              how -> {
                tidying.remove(done);
                done.tryEmitEmpty();
              });
        });
  }

  /** Completes when what broken-off transfers left behind has been removed. */
  Mono<Void> tidied() {
    return Mono.defer(
        () ->
            tidying.isEmpty()
                ? Mono.empty()
                : Mono.when(tidying.stream().map(Sinks.Empty::asMono).toList()).then(tidied()));
  }

  /** Ends the session; the first cause counts. From any thread. */
  void fail(Throwable cause) {
    run(() -> end(cause));
  }

  private void resume() {
    if (outbox.octets() <= MOST_WAITING / 2) {
      users.resume(this::hasRoom);
    }
  }

  private void received(ByteBuf octets) {
    if (hasEnded()) {
      octets.release();
      return;
    }
    try {
      framer.add(octets);
      for (ByteBuf packet = framer.next(); packet != null; packet = framer.next()) {
        take(packet);
      }
    } catch (SshViolation e) {
      end(e);
    }
  }

  private void take(ByteBuf packet) {
    try {
      if (stage instanceof Stage.Greeting greeting) {
        Version said = version(packet);
        stage = Stage.Up.UP;
        greeting.hello.success(said);
      } else {
        pending.answer(decode(packet), System.nanoTime());
      }
    } catch (Unreadable e) {
      pending.unreadable(e.id, e.why, System.nanoTime());
    } finally {
      packet.release();
    }
  }

  private SftpResponse decode(ByteBuf packet) throws Unreadable {
    if (packet.readableBytes() < ID_END) {
      throw SshViolation.protocol("SFTP: an answer of " + packet.readableBytes() + " octets");
    }
    int id = packet.getInt(packet.readerIndex() + 1);
    try {
      return PacketDecoder.response(packet, dialect);
    } catch (SshViolation e) {
      throw new Unreadable(id, e);
    }
  }

  private static Version version(ByteBuf packet) {
    int type = Octet.read(packet);
    if (type != Version.TYPE) {
      throw SshViolation.protocol("SFTP: a packet of type " + type + " in place of VERSION");
    }
    return Version.decode(packet);
  }

  private void closed() {
    end(new SessionClosed("the server closed the channel of SFTP"));
  }

  private void end(Throwable cause) {
    if (hasEnded()) {
      return;
    }
    Stage before = stage;
    SessionClosed lost = lost(cause);
    stage = new Stage.Ended(lost);
    framer.clear();
    outbox.cancel();
    if (timer != null) {
      timer.dispose();
    }
    if (before instanceof Stage.Greeting greeting) {
      greeting.hello.error(cause);
    }
    pending.failAll(lost);
    users.lost(lost);
    // Ends the input, which must not be cancelled: an error may follow. Closing never fails.
    channel.close().subscribe();
  }

  private void watch() {
    if (timer == null) {
      long wait = Math.max(0, pending.untilDeadline(System.nanoTime()));
      timer = scheduler.schedule(this::tick, wait, TimeUnit.NANOSECONDS);
    }
  }

  private void tick() {
    timer = null;
    try {
      pending.expire(System.nanoTime());
    } catch (RuntimeException e) {
      end(e);
    }
    if (!hasEnded() && pending.size() > 0) {
      watch();
    }
  }

  private boolean hasEnded() {
    return stage instanceof Stage.Ended;
  }

  private static SessionClosed lost(Throwable cause) {
    return cause instanceof SessionClosed closed
        ? closed
        : new SessionClosed("the session has ended: " + cause.getMessage(), cause);
  }

  /** One answer cannot be read; those after it can. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final int id;
    private final SshViolation why;

    Unreadable(int id, SshViolation why) {
      super(why);
      this.id = id;
      this.why = why;
    }
  }
}
