package dev.sluice.ssh.core;

import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.ssh.channel.Channel;
import dev.sluice.ssh.channel.ChannelEvent;
import dev.sluice.ssh.message.RequestType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's and a server's core with a path between them that has a delay and a rate, in virtual
 * time.
 */
final class SimulatedPath implements AutoCloseable {
  final Side client;
  final Side server;
  private final long delayNanos;
  private final double nanosPerOctet;
  private long now;

  /** One core, and what is under way to it. */
  static final class Side {
    final SshCore core;
    final List<SshEvent> seen = new ArrayList<>();
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private long lineFreeAt;
    BiConsumer<Side, SshEvent> onEvent = (side, event) -> {};

    Side(SshCore core) {
      this.core = core;
    }
  }

  private record Arrival(long atNanos, ByteBuf octets) {}

  /**
   * @param roundTrip of the path, without what its rate costs
   * @param octetsPerSecond in each direction
   */
  SimulatedPath(Duration roundTrip, long octetsPerSecond, WindowLimits windows, RekeyPolicy rekey) {
    delayNanos = roundTrip.toNanos() / 2;
    nanosPerOctet = 1e9 / octetsPerSecond;
    client =
        new Side(
            new SshCore(
                Cores.settings(Role.CLIENT, Cores.algorithms(Role.CLIENT), rekey),
                Cores.client(windows, new ClientMethod.WithPassword(Cores.PASSWORD)),
                ByteBufAllocator.DEFAULT));
    server =
        new Side(
            new SshCore(
                Cores.settings(Role.SERVER, Cores.algorithms(Role.SERVER), rekey),
                Cores.server(Cores.policy(), windows),
                ByteBufAllocator.DEFAULT));
  }

  long nowNanos() {
    return now;
  }

  /** Logs in and starts a command; answers the client's channel. */
  Channel connect() {
    runUntil(() -> client.seen.stream().anyMatch(event -> event instanceof SshEvent.Ready));
    Channel channel = client.core.channels().open("session", new byte[0]);
    runUntil(() -> has(client, ChannelEvent.Opened.class));
    channel.request(new RequestType.Exec("anything"));
    runUntil(() -> has(client, ChannelEvent.Answered.class));
    return channel;
  }

  /** The server's end of the client's first channel. */
  Channel accepted() {
    return server.seen.stream()
        .filter(SshEvent.OnChannel.class::isInstance)
        .map(event -> ((SshEvent.OnChannel) event).what())
        .filter(ChannelEvent.Accepted.class::isInstance)
        .findFirst()
        .orElseThrow()
        .channel();
  }

  void runFor(Duration time) {
    long end = now + time.toNanos();
    runUntil(() -> now >= end);
  }

  /** Lets time pass until the condition holds; a minute of virtual time at most. */
  void runUntil(java.util.function.BooleanSupplier condition) {
    long limit = now + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      if (now > limit) {
        throw new AssertionError("the condition did not come true within a minute");
      }
      pump(client, server);
      pump(server, client);
      if (condition.getAsBoolean()) {
        return;
      }
      advance();
    }
  }

  @Override
  public void close() {
    for (Side side : List.of(client, server)) {
      side.core.abandon();
      side.seen.stream()
          .filter(SshEvent.OnChannel.class::isInstance)
          .forEach(event -> ((SshEvent.OnChannel) event).what().channel().close());
      for (ByteBuf out = side.core.nextOutput(); out != null; out = side.core.nextOutput()) {
        out.release();
      }
      side.arrivals.forEach(arrival -> arrival.octets.release());
      side.arrivals.clear();
    }
  }

  private void advance() {
    now = Math.max(now + 1_000, Math.min(next(client), next(server)));
    for (Side side : List.of(client, server)) {
      side.core.tick(now);
      while (!side.arrivals.isEmpty()
          && side.arrivals.element().atNanos <= now
          && side.core.wantsInput()) {
        ByteBuf octets = side.arrivals.remove().octets;
        side.core.receive(octets);
        octets.release();
      }
    }
  }

  private long next(Side side) {
    Arrival first = side.arrivals.peek();
    long arrival = first == null ? Long.MAX_VALUE : first.atNanos;
    long room = side.lineFreeAt - socketNanos();
    return Math.min(room > now ? Math.min(room, arrival) : arrival, side.core.nextDeadlineNanos());
  }

  /** A socket takes what its buffer holds: 512 KiB that are not on the line yet. */
  private long socketNanos() {
    return (long) (nanosPerOctet * (512 << 10));
  }

  private void pump(Side from, Side to) {
    from.core.tick(now);
    boolean progress = true;
    while (progress) {
      progress = false;
      for (SshEvent event = from.core.nextEvent(); event != null; event = from.core.nextEvent()) {
        progress = true;
        from.seen.add(event);
        handle(from, event);
      }
      while (from.lineFreeAt - now <= socketNanos()) {
        ByteBuf out = from.core.nextOutput();
        if (out == null) {
          break;
        }
        progress = true;
        from.lineFreeAt =
            Math.max(from.lineFreeAt, now) + (long) (out.readableBytes() * nanosPerOctet);
        to.arrivals.add(new Arrival(from.lineFreeAt + delayNanos, out));
      }
    }
  }

  private static void handle(Side side, SshEvent event) {
    if (event instanceof SshEvent.WorkDue due) {
      due.work().run();
      side.core.finished(due.work());
    } else if (event instanceof SshEvent.HostKeyShown) {
      side.core.trustHost();
    } else if (event instanceof SshEvent.Login login
        && login.what() instanceof LoginEvent.PasswordShown shown) {
      side.core.decide(shown.password().equals(Cores.PASSWORD));
    } else if (event instanceof SshEvent.OnChannel on
        && on.what() instanceof ChannelEvent.Requested request) {
      request.answer().answer(true);
    }
    side.onEvent.accept(side, event);
  }

  private static boolean has(Side side, Class<? extends ChannelEvent> kind) {
    return side.seen.stream()
        .anyMatch(event -> event instanceof SshEvent.OnChannel on && kind.isInstance(on.what()));
  }

  /** The event's channel if it is of that kind. */
  static @Nullable Channel channel(SshEvent event, Class<? extends ChannelEvent> kind) {
    return event instanceof SshEvent.OnChannel on && kind.isInstance(on.what())
        ? on.what().channel()
        : null;
  }
}
