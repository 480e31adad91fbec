package dev.sluice.ftp.io;

import dev.sluice.api.FileFailure;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.PortRange;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.core.FtpClientCore;
import dev.sluice.ftp.core.FtpClientEvent;
import dev.sluice.tls.TlsClientScope;
import dev.sluice.tls.io.TlsHandler;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.transport.io.CoreHandler;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A client's control connection. Methods may be called from any thread; state lives on the event
 * loop and publishers emit there. One command at a time: the caller makes sure of that.
 */
public final class ControlLink {
  private final Channel channel;
  private final FtpClientCore core;
  private final CoreHandler<FtpClientCore, FtpClientEvent> handler;
  private final Dialer dialer;
  private final InetSocketAddress target;
  private final @Nullable TlsClientScope tls;
  private final Sinks.One<FtpReply> greeting = Sinks.one();
  private final Sinks.One<Void> closed = Sinks.one();
  private final ArrayDeque<Runnable> whenIdle = new ArrayDeque<>();

  /** The commands that are not answered yet, in order. */
  private final ArrayDeque<Exchange> current = new ArrayDeque<>();

  private @Nullable TransferException ended;
  private @Nullable TlsHandler encryption;

  private ControlLink(
      Channel channel,
      FtpClientCore core,
      Dialer dialer,
      InetSocketAddress target,
      @Nullable TlsClientScope tls) {
    this.channel = channel;
    this.core = core;
    this.dialer = dialer;
    this.target = target;
    this.tls = tls;
    this.handler = new CoreHandler<>(core, new Listener());
  }

  /**
   * Connects.
   *
   * @param tls the session of which this is the first connection; null = never encrypted
   * @param loop the event loop to live on; null = any
   */
  public static Mono<ControlLink> connect(
      Dialer dialer,
      InetSocketAddress target,
      Supplier<FtpClientCore> core,
      @Nullable TlsClientScope tls,
      @Nullable EventLoop loop) {
    return dialer
        .dialControl(target, loop)
        .map(
            channel -> {
              ControlLink link = new ControlLink(channel, core.get(), dialer, target, tls);
              channel.pipeline().addLast(link.handler);
              return link;
            });
  }

  /**
   * Encrypts the connection from here on; between commands only. Octets in clear that have already
   * arrived end the session. Emits the negotiated TLS session.
   */
  public Mono<TlsSession> startTls() {
    return Mono.<TlsHandler>create(
            sink ->
                onLoop(
                    () -> {
                      handler.submit(FtpClientCore::protectionChanges);
                      if (ended != null) {
                        sink.error(ended);
                        return;
                      }
                      TlsHandler started = TlsHandler.start(channel, scope().first());
                      encryption = started;
                      sink.success(started);
                    }))
        .flatMap(TlsHandler::established)
        .onErrorMap(failure -> ended == null ? failure : ended); // the first cause
  }

  /** Ends encryption; the connection is in clear from here on. Between commands only. */
  public Mono<Void> clearTls(Duration timeout) {
    TlsHandler encrypted = encryption;
    return encrypted == null
        ? Mono.empty()
        : encrypted
            .clear()
            .timeout(timeout, Mono.error(() -> new TimedOut("end of TLS", timeout)), scheduler())
            .doOnSuccess(done -> encryption = null);
  }

  /** The TLS of this connection and its data connections. */
  public TlsClientScope scope() {
    if (tls == null) {
      throw new IllegalStateException("this connection is never encrypted");
    }
    return tls;
  }

  /** Whether {@link #scope} is there. */
  public boolean hasScope() {
    return tls != null;
  }

  /** The server's 220. */
  public Mono<FtpReply> greeting() {
    return greeting.asMono();
  }

  /** Sends a command and emits its final reply, whatever it says. */
  public Mono<FtpReply> send(FtpCommand command) {
    return begin(command).flatMap(Exchange::answer);
  }

  /**
   * Sends commands at once, none of which opens a transfer, and emits the final reply to each in
   * turn.
   *
   * @param commands two at least
   */
  public Flux<FtpReply> send(List<FtpCommand> commands) {
    return begin(commands, core -> core.execute(commands))
        .flatMapMany(exchanges -> Flux.fromIterable(exchanges).concatMap(Exchange::answer));
  }

  /**
   * Sends a command and emits with its first reply.
   *
   * <p>Signals {@link FileFailure} when the command cannot be written; nothing was then.
   */
  public Mono<Exchange> begin(FtpCommand command) {
    return begin(List.of(command), core -> core.execute(command))
        .map(exchanges -> exchanges.get(0))
        .flatMap(exchange -> exchange.opening().thenReturn(exchange));
  }

  private Mono<List<Exchange>> begin(List<FtpCommand> commands, Consumer<FtpClientCore> execution) {
    return Mono.create(
        sink -> onLoop(() -> atIdle(() -> sink.success(start(commands, execution)))));
  }

  /**
   * Brings the connection to a state in which the next command may be sent: a transfer in progress
   * is cut short, another reply that is due is awaited and dropped. Never fails: when the session
   * ends on the way there is nothing left to settle.
   */
  public Mono<Void> settle() {
    return Mono.create(
        sink ->
            onLoop(
                () -> {
                  if (ended != null || core.isIdle()) {
                    sink.success();
                    return;
                  }
                  current.clear();
                  whenIdle.add(sink::success);
                  handler.submit(FtpClientCore::abandon);
                }));
  }

  /** The data connection has ended in order: the final reply is due. */
  public void dataEnded() {
    handler.submit(FtpClientCore::dataEnded);
  }

  /** Reads and writes names in {@code charset} from here on. Between commands only. */
  public void charset(PathCharset charset) {
    handler.submit(c -> c.charset(charset));
  }

  /** Ends the session: in order when nothing is outstanding, else at once. Never fails. */
  public Mono<Void> quit() {
    return Mono.<Void>create(
            sink ->
                onLoop(
                    () -> {
                      if (ended == null && core.isIdle()) {
                        handler.submit(FtpClientCore::quit);
                      } else {
                        channel.close();
                      }
                      sink.success();
                    }))
        .then(closed.asMono())
        .onErrorComplete();
  }

  /** Closes the connection at once. Never fails. */
  public Mono<Void> close() {
    return Mono.<Void>create(
            sink -> {
              channel.close();
              sink.success();
            })
        .then(closed.asMono())
        .onErrorComplete();
  }

  /** Completes when the connection has ended in order, or signals what ended it. */
  public Mono<Void> onClosed() {
    return closed.asMono();
  }

  /** Connects to a port of the server for data; through the same proxy, if any. */
  public Mono<DataLink> connectData(InetSocketAddress address) {
    return DataLink.connect(dialer, address, channel.eventLoop());
  }

  /** Where the server is reached: resolved, unless a proxy does that. */
  public InetSocketAddress dataTarget(int port) {
    return dialer.transport().proxy() == null
        ? new InetSocketAddress(peer().getAddress(), port)
        : InetSocketAddress.createUnresolved(target.getHostString(), port);
  }

  /** Listens for a data connection from the server. */
  public Mono<DataListener> listen(InetAddress own, PortRange ports, Duration timeout) {
    return DataListener.open(own, ports, peer().getAddress(), channel.eventLoop(), timeout);
  }

  public InetSocketAddress peer() {
    return (InetSocketAddress) channel.remoteAddress();
  }

  public InetSocketAddress local() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** The event loop, on which all of a session's state lives. Runs a task at once when on it. */
  public Executor executor() {
    return this::onLoop;
  }

  /** The event loop. */
  public EventLoop loop() {
    return channel.eventLoop();
  }

  /** The event loop, for timers. */
  public Scheduler scheduler() {
    return Schedulers.fromExecutorService(channel.eventLoop());
  }

  private List<Exchange> start(List<FtpCommand> commands, Consumer<FtpClientCore> execution) {
    List<Exchange> exchanges = commands.stream().map(Exchange::new).toList();
    TransferException over = ended;
    if (over != null) {
      exchanges.forEach(exchange -> exchange.failed(closedAgain(over)));
      return exchanges;
    }
    current.addAll(exchanges);
    handler.submit(
        c -> {
          try {
            execution.accept(c);
          } catch (FileFailure e) {
            current.clear();
            exchanges.forEach(exchange -> exchange.failed(e));
          }
        });
    return exchanges;
  }

  private void atIdle(Runnable task) {
    if (ended != null || core.isIdle()) {
      task.run();
    } else {
      whenIdle.add(task);
    }
  }

  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }

  /** A later caller learns what ended the session, with a trace of its own. */
  private static TransferException closedAgain(TransferException first) {
    return first instanceof SessionClosed
        ? new SessionClosed(String.valueOf(first.getMessage()), first)
        : new SessionClosed("the session has ended: " + first.getMessage(), first);
  }

  private final class Listener implements CoreHandler.Listener<FtpClientEvent> {
    @Override
    public void onEvent(FtpClientEvent event) {
      Exchange exchange = current.peek();
      if (event instanceof FtpClientEvent.Greeted greeted) {
        greeting.tryEmitValue(greeted.reply());
      } else if (event instanceof FtpClientEvent.Started start && exchange != null) {
        exchange.started(start.reply());
      } else if (event instanceof FtpClientEvent.Answered answer && exchange != null) {
        current.remove();
        exchange.answered(answer.reply());
      } else if (event instanceof FtpClientEvent.Settled) {
        runIdle();
      }
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
      TransferException reason =
          cause instanceof TransferException ours
              ? ours
              : cause == null
                  ? new SessionClosed("the connection is closed")
                  : new SessionClosed("the connection was lost: " + cause.getMessage(), cause);
      ended = reason;
      greeting.tryEmitError(reason);
      List<Exchange> unanswered = List.copyOf(current);
      current.clear();
      unanswered.forEach(exchange -> exchange.failed(reason));
      for (Runnable task = whenIdle.poll(); task != null; task = whenIdle.poll()) {
        task.run();
      }
      if (cause == null) {
        closed.tryEmitEmpty();
      } else {
        closed.tryEmitError(reason);
      }
    }

    /** A task may start a command: the rest then waits for the next time. */
    private void runIdle() {
      while (core.isIdle() && !whenIdle.isEmpty()) {
        whenIdle.remove().run();
      }
    }
  }
}
