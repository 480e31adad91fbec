package dev.sluice.ssh.io;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.SessionClosed;
import dev.sluice.ssh.channel.Channel;
import dev.sluice.ssh.channel.ChannelEvent;
import dev.sluice.ssh.channel.Replies;
import dev.sluice.ssh.core.SshCore;
import dev.sluice.ssh.core.SshEvent;
import dev.sluice.ssh.core.Work;
import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.DirectTcpip;
import dev.sluice.ssh.message.RequestType;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.transport.AnswerMemory;
import dev.sluice.transport.ClientAddress;
import dev.sluice.transport.io.CoreHandler;
import dev.sluice.transport.io.LoopQueue;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A connection on a socket: the only door to its core. Methods may be called from any thread; state
 * lives on the event loop and publishers emit there.
 */
public final class SshLink {
  /** Receives the core's events that are not about streams. Called on the event loop. */
  public interface Listener {
    void onEvent(SshEvent event);

    /** The connection is established and nothing has been sent yet; false = close it silently. */
    default boolean onOpened() {
      return true;
    }

    /** Runs long computations: key exchanges, signatures. */
    Scheduler workers();

    /** The peer wants something started on a channel; {@code answer} it in time. */
    void onRequest(ChannelLink channel, RequestType what, Replies.Slot answer);

    /** The connection has ended; {@code cause} says why if it did not end normally. */
    void onClosed(@Nullable Throwable cause);
  }

  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /** The originator of forwarded connections: they begin here, as nobody connects to us. */
  private static final String ORIGINATOR = "127.0.0.1";

  private final io.netty.channel.Channel socket;
  private final SshCore core;
  private final Listener listener;
  private final CoreHandler<SshCore, SshEvent> handler;
  private final LoopQueue queue;
  private final Scheduler scheduler;
  private final Map<Channel, ChannelLink> channels = new HashMap<>();
  private final Map<Channel, Opening> openings = new HashMap<>();

  /** Channels that ended normally before what had arrived was read. */
  private final Set<ChannelLink> unread = new HashSet<>();

  private final Sinks.One<Void> closed = Sinks.one();
  private final Mono<Void> beneath;
  private @Nullable End end;

  /**
   * The connection has ended.
   *
   * @param cause null = it has ended normally
   */
  private record End(@Nullable Throwable cause) {
    /** The error for callers that still want something from the connection. */
    SessionClosed lost() {
      return cause == null
          ? new SessionClosed("the connection was closed")
          : new SessionClosed("the connection has ended: " + cause.getMessage(), cause);
    }
  }

  /** A channel that is being opened, and what is to be started on it. */
  private static final class Opening {
    final MonoSink<ChannelLink> sink;
    final ArrayDeque<RequestType> requests;

    Opening(MonoSink<ChannelLink> sink, List<RequestType> requests) {
      this.sink = sink;
      this.requests = new ArrayDeque<>(requests);
    }
  }

  /**
   * @param beneath ends what carries the connection, when that has ended; never fails
   */
  SshLink(io.netty.channel.Channel socket, SshCore core, Listener listener, Mono<Void> beneath) {
    this.socket = socket;
    this.beneath = beneath;
    this.core = core;
    this.listener = listener;
    this.handler = new CoreHandler<>(core, new Events());
    this.queue = new LoopQueue(socket.eventLoop());
    this.scheduler = Schedulers.fromExecutorService(socket.eventLoop());
  }

  boolean opened() {
    return listener.onOpened();
  }

  CoreHandler<SshCore, SshEvent> handler() {
    return handler;
  }

  /** Hands the core a command. */
  public void submit(Consumer<? super SshCore> command) {
    handler.submit(command);
  }

  /** The connection's event loop. */
  public Scheduler scheduler() {
    return scheduler;
  }

  public InetSocketAddress remote() {
    return ClientAddress.of(socket);
  }

  /**
   * Opens a session channel and asks for {@code requests} on it, of which the last must be granted:
   * a server may refuse an environment and still run the command.
   */
  public Mono<ChannelLink> open(List<RequestType> requests) {
    return open(ChannelMessage.Open.SESSION, new byte[0], requests);
  }

  /** Opens a channel that the peer connects to a host (RFC 4254 section 7.2). */
  public Mono<ChannelLink> forward(String host, int port) {
    byte[] data = Encoded.bytes(new DirectTcpip(host, port, ORIGINATOR, 0)::encode);
    return open(DirectTcpip.TYPE, data, List.of());
  }

  /** Tells the peer, then closes; closes silently if the peer does not read. Never fails. */
  public Mono<Void> disconnect(String text) {
    return Mono.<Void>create(
            sink -> {
              submit(c -> c.disconnect(DisconnectReason.BY_APPLICATION, text));
              sink.success();
            })
        .then(closed.asMono())
        .timeout(LAST_WORDS, Mono.defer(this::abandoned), scheduler)
        .onErrorComplete()
        .then(beneath);
  }

  /** Accounts for what waits on its channels. */
  AnswerMemory.Share memory() {
    return core.channels().memory();
  }

  /** Closes without telling the peer. */
  public void abandon() {
    socket.close();
  }

  /** Completes when the connection has ended normally, or signals what ended it. */
  public Mono<Void> onClosed() {
    return closed.asMono();
  }

  /** Runs {@code task} where the core may be used, in order, also after the connection's end. */
  void execute(Runnable task) {
    queue.run(
        () -> {
          if (end != null) {
            task.run();
          } else {
            handler.submit(c -> task.run());
          }
        });
  }

  /** As {@link #execute}, after the loop's current work. */
  void executeLater(Runnable task) {
    socket.eventLoop().execute(() -> execute(task));
  }

  private Mono<Void> abandoned() {
    abandon();
    return closed.asMono();
  }

  /** Lets a channel that runs over this connection share its event loop. */
  void register(io.netty.channel.Channel tunnel) {
    socket.eventLoop().register(tunnel);
  }

  private Mono<ChannelLink> open(String type, byte[] data, List<RequestType> requests) {
    return Mono.create(sink -> execute(() -> openNow(type, data, new Opening(sink, requests))));
  }

  private void openNow(String type, byte[] data, Opening opening) {
    MonoSink<ChannelLink> sink = opening.sink;
    if (end != null) {
      sink.error(end.lost());
      return;
    }
    Channel channel;
    try {
      channel = core.channels().open(type, data);
    } catch (LimitExceeded e) {
      sink.error(e);
      return;
    }
    openings.put(channel, opening);
    channels.put(channel, new ChannelLink(this, channel));
    sink.onCancel(() -> execute(channel::close));
  }

  private void opened(Channel channel) {
    Opening opening = openings.get(channel);
    if (opening == null) {
      return;
    }
    opening.requests.forEach(channel::request);
    ChannelLink stream = channels.get(channel);
    if (opening.requests.isEmpty() && stream != null) {
      openings.remove(channel);
      opening.sink.success(stream);
    }
  }

  private void refused(Channel channel, String why) {
    channels.remove(channel);
    Opening opening = openings.remove(channel);
    if (opening != null) {
      opening.sink.error(new ConnectFailed("the server refused a channel: " + why));
    }
  }

  private void answered(Channel channel, boolean granted) {
    Opening opening = openings.get(channel);
    if (opening == null) {
      return;
    }
    RequestType what = opening.requests.remove();
    if (!opening.requests.isEmpty()) {
      return;
    }
    openings.remove(channel);
    ChannelLink stream = channels.get(channel);
    if (granted && stream != null) {
      opening.sink.success(stream);
    } else {
      channel.close();
      opening.sink.error(new ConnectFailed("the server refused " + what));
    }
  }

  private void closed(Channel channel) {
    Opening opening = openings.remove(channel);
    if (opening != null) {
      opening.sink.error(new ConnectFailed("the server closed a channel before it was used"));
    }
    ChannelLink stream = channels.remove(channel);
    if (stream != null) {
      stream.ended(null);
      unread.removeIf(earlier -> !earlier.isUnread());
      if (stream.isUnread()) {
        unread.add(stream);
      }
    }
  }

  /** Why nothing can be sent on a channel that is closed. On the connection's thread. */
  SessionClosed whyClosed() {
    return end == null ? new SessionClosed("the channel was closed") : end.lost();
  }

  private void compute(Work work) {
    listener
        .workers()
        .schedule(
            () -> {
              work.run();
              finished(work);
            });
  }

  private void finished(Work work) {
    try {
      submit(c -> c.finished(work));
    } catch (SessionClosed shutDown) {
      return; // the connection has ended with its event loop, and nobody waits for the result
    }
  }

  private final class Events implements CoreHandler.Listener<SshEvent> {
    @Override
    public void onEvent(SshEvent event) {
      if (event instanceof SshEvent.OnChannel on) {
        onChannel(on.what());
      } else if (event instanceof SshEvent.WorkDue due) {
        compute(due.work());
      } else {
        listener.onEvent(event);
      }
    }

    private void onChannel(ChannelEvent event) {
      Channel channel = event.channel();
      ChannelLink stream = channels.get(channel);
      if (event instanceof ChannelEvent.Opened) {
        opened(channel);
      } else if (event instanceof ChannelEvent.Refused refusal) {
        refused(channel, refusal.why());
      } else if (event instanceof ChannelEvent.Accepted) {
        channels.put(channel, new ChannelLink(SshLink.this, channel));
      } else if (event instanceof ChannelEvent.Answered answer) {
        answered(channel, answer.granted());
      } else if (event instanceof ChannelEvent.Closed) {
        closed(channel);
      } else if (stream != null) {
        onStream(stream, event);
      }
    }

    private void onStream(ChannelLink stream, ChannelEvent event) {
      if (event instanceof ChannelEvent.InputReady) {
        stream.readable();
      } else if (event instanceof ChannelEvent.OutputReady) {
        stream.writable();
      } else if (event instanceof ChannelEvent.Exited exit) {
        stream.exited(exit.how());
      } else if (event instanceof ChannelEvent.Requested request) {
        listener.onRequest(stream, request.what(), request.answer());
      }
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
      End over = new End(cause);
      end = over;
      core.abandon();
      SessionClosed lost = over.lost();
      List.copyOf(openings.values()).forEach(opening -> opening.sink.error(lost));
      openings.clear();
      List.copyOf(channels.values()).forEach(stream -> stream.ended(lost));
      channels.clear();
      unread.stream().filter(ChannelLink::isUnread).forEach(ChannelLink::drop);
      unread.clear();
      listener.onClosed(cause);
      beneath.subscribe(); // never fails: a disconnect, or nothing
      if (cause == null) {
        closed.tryEmitEmpty();
      } else {
        closed.tryEmitError(cause);
      }
    }
  }
}
