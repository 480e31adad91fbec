package dev.sluice.ftp.core;

import dev.sluice.ftp.AbortPolicy;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.test.ManualClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A client core with a clock in hand: what it is told, what it says, what it reports. */
final class CoreProbe {
  static final ControlLimits LIMITS =
      new ControlLimits(
          256,
          5,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60));

  final ManualClock clock = new ManualClock();
  final List<String> trace = new ArrayList<>();
  final FtpClientCore core;
  private final List<String> events = new ArrayList<>();

  CoreProbe() {
    this(LIMITS, AbortPolicy.COMMAND);
  }

  CoreProbe(ControlLimits limits, AbortPolicy policy) {
    core = new FtpClientCore(limits, policy, PathCharset.UTF_8, trace::add);
    core.tick(0);
  }

  /** A core that is past its greeting. */
  static CoreProbe greeted() {
    CoreProbe probe = new CoreProbe();
    probe.hears("220 ready");
    probe.events();
    return probe;
  }

  /** A core in the middle of a download. */
  static CoreProbe transferring() {
    CoreProbe probe = greeted();
    probe.core.execute(new OnPath(Verb.RETR, "/f"));
    probe.hears("150 here it comes");
    probe.events();
    probe.sent();
    return probe;
  }

  CoreProbe does(Verb verb) {
    return does(new Bare(verb));
  }

  CoreProbe does(FtpCommand command) {
    core.execute(command);
    return this;
  }

  CoreProbe hears(String... lines) {
    return receives((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  CoreProbe receives(byte[] octets) {
    core.receive(Unpooled.wrappedBuffer(octets));
    return this;
  }

  CoreProbe waits(Duration time) {
    core.tick(clock.advance(time));
    return this;
  }

  /** What was sent since the last call, line ends shown as {@code |}. */
  String sent() {
    StringBuilder sent = new StringBuilder();
    for (ByteBuf out = core.nextOutput(); out != null; out = core.nextOutput()) {
      sent.append(out.toString(StandardCharsets.ISO_8859_1));
      out.release();
    }
    return sent.toString().replace("\r\n", "|");
  }

  /** What happened since the last call: {@code answered 226}, {@code settled}… */
  List<String> events() {
    for (FtpClientEvent event = core.nextEvent(); event != null; event = core.nextEvent()) {
      events.add(describe(event));
    }
    List<String> all = List.copyOf(events);
    events.clear();
    return all;
  }

  private static String describe(FtpClientEvent event) {
    if (event instanceof FtpClientEvent.Greeted greeted) {
      return "greeted " + greeted.reply().code();
    }
    if (event instanceof FtpClientEvent.Started started) {
      return "started " + started.reply().code();
    }
    if (event instanceof FtpClientEvent.Answered answered) {
      return "answered " + answered.reply().code();
    }
    if (event instanceof FtpClientEvent.MarkerReceived marker) {
      return "marker " + marker.reply().text();
    }
    return "settled";
  }
}
