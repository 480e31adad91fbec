package dev.sluice.ftp.core;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.FtpServerLimits;
import dev.sluice.ftp.FtpServerTimeouts;
import dev.sluice.ftp.LineEnding;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.command.Verb;
import dev.sluice.test.ManualClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A server's core with a client at its end and a clock that stands still. */
final class ServerProbe {
  static final Set<Verb> OFFERED = EnumSet.complementOf(EnumSet.of(Verb.SMNT, Verb.LPRT));

  final ManualClock clock = new ManualClock();
  final List<String> trace = new ArrayList<>();
  final FtpServerCore core;

  ServerProbe() {
    this(FtpServerLimits.DEFAULT);
  }

  ServerProbe(FtpServerLimits limits) {
    core =
        new FtpServerCore(
            limits,
            FtpServerTimeouts.DEFAULT,
            OFFERED,
            PathCharset.UTF_8,
            LineEnding.LENIENT,
            new UnpooledByteBufAllocator(false, true), // replies that no test looks at may be lost
            trace::add);
    core.tick(clock.getAsLong());
  }

  /** A client that is greeted and logged in. */
  static ServerProbe loggedIn() {
    return loggedIn(FtpServerLimits.DEFAULT);
  }

  static ServerProbe loggedIn(FtpServerLimits limits) {
    ServerProbe probe = new ServerProbe(limits);
    probe.core.greet(FtpReply.of(220, "ready"));
    probe.core.loggedIn(true);
    probe.replies();
    return probe;
  }

  /** The client sends this, in one read. */
  void send(String wire) {
    receive(Unpooled.wrappedBuffer(wire.getBytes(StandardCharsets.ISO_8859_1)));
  }

  void receive(ByteBuf read) {
    core.tick(clock.getAsLong());
    core.receive(read);
  }

  void pass(Duration time) {
    core.tick(clock.advance(time));
  }

  /** Completes what runs. */
  void complete(int code) {
    core.complete(FtpReply.of(code, "done"));
  }

  /** What the server is asked to do since the last call, in order. */
  List<String> events() {
    List<String> seen = new ArrayList<>();
    for (FtpServerEvent event = core.nextEvent(); event != null; event = core.nextEvent()) {
      if (event instanceof FtpServerEvent.Requested requested) {
        seen.add(requested.command().describe());
      } else if (event instanceof FtpServerEvent.Inquired inquired) {
        seen.add(inquired.command().describe() + "?");
      } else if (event instanceof FtpServerEvent.Refused refused) {
        seen.add(refused.request() + "!" + refused.code());
      } else {
        seen.add("interrupted");
      }
    }
    return seen;
  }

  /** The lines that the client gets since the last call. */
  List<String> replies() {
    return wire().lines().toList();
  }

  /** The codes of {@link #replies}, refusals of Telnet options left out. */
  List<Integer> codes() {
    return wire()
        .replaceAll("(?s)\u00ff[\u00fc\u00fe].", "")
        .lines()
        .map(line -> Integer.valueOf(line.substring(0, 3)))
        .toList();
  }

  /** Whatever is asked for is done at once, with 200; the codes that the client gets. */
  List<Integer> serveAll() {
    List<Integer> codes = new ArrayList<>();
    for (FtpServerEvent event = core.nextEvent(); event != null; event = core.nextEvent()) {
      if (event instanceof FtpServerEvent.Requested) {
        complete(200);
      } else if (event instanceof FtpServerEvent.Inquired) {
        core.answer(FtpReply.of(211, "still here"));
      }
      codes.addAll(codes());
    }
    codes.addAll(codes());
    return codes;
  }

  private String wire() {
    StringBuilder wire = new StringBuilder();
    for (ByteBuf output = core.nextOutput(); output != null; output = core.nextOutput()) {
      wire.append(output.toString(StandardCharsets.ISO_8859_1));
      output.release();
    }
    return wire.toString();
  }
}
