package dev.sluice.ftp.core;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a client's control connection waits for. Each state knows only the replies it awaits; the
 * next state is the return value.
 */
sealed interface ControlState
    permits ControlState.AwaitGreeting,
        ControlState.Idle,
        ControlState.AwaitReply,
        ControlState.AwaitReplies,
        ControlState.AwaitFinal,
        ControlState.AwaitKeepAlives,
        ControlState.AwaitGoodbye,
        ControlState.Over,
        AbortState {

  /** What a state does besides becoming another one. */
  interface Out {
    void send(FtpCommand command);

    void emit(FtpClientEvent event);
  }

  ControlState on(FtpReply reply, Out out);

  /** What is waited for, for people: {@code reply to RETR}. */
  String awaits();

  /** The longest that this state may last; zero = for ever. */
  Duration timeout(ControlLimits limits);

  /** The timeout has passed; empty = that is an error. */
  default Optional<ControlState> onTimeout(Out out) {
    return Optional.empty();
  }

  static PeerMisbehaved unexpected(FtpReply reply, ControlState state) {
    return new PeerMisbehaved(
        "a reply that nobody asked for (RFC 1123 section 4.1.4.4) while waiting for: "
            + state.awaits()
            + ", received: "
            + reply.describe());
  }

  /**
   * Whether {@code reply} may answer a NOOP in the middle of a transfer, from a server that knows
   * NOOP or one that does not.
   */
  static boolean answersKeepAlive(FtpReply reply) {
    return reply.code() == 200 || reply.code() == 500 || reply.code() == 502;
  }

  static ControlState after(int keepAlives) {
    return keepAlives == 0 ? new Idle() : new AwaitKeepAlives(keepAlives);
  }

  /** Before anything was said (RFC 959 section 5.4); {@code delayed} = a 120 has come. */
  record AwaitGreeting(boolean delayed) implements ControlState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      if (reply.code() == 120 && !delayed) {
        return new AwaitGreeting(true);
      }
      if (reply.code() != 220) {
        throw new PeerMisbehaved("a greeting is 220 (RFC 959), received: " + reply.describe());
      }
      out.emit(new FtpClientEvent.Greeted(reply));
      return new Idle();
    }

    @Override
    public String awaits() {
      return "greeting";
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return limits.greeting();
    }
  }

  /** Nothing is outstanding. */
  record Idle() implements ControlState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      throw unexpected(reply, this);
    }

    @Override
    public String awaits() {
      return "nothing";
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return Duration.ZERO;
    }
  }

  /**
   * A command was sent and nothing came yet.
   *
   * @param transfers whether data may flow after a 1yz reply
   */
  record AwaitReply(FtpCommand command, boolean transfers) implements ControlState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      if (reply.code() == 110) {
        throw unexpected(reply, this);
      }
      if (reply.isPreliminary()) {
        out.emit(new FtpClientEvent.Started(reply));
        return new AwaitFinal(command, transfers, 0);
      }
      out.emit(new FtpClientEvent.Answered(reply));
      return new Idle();
    }

    @Override
    public String awaits() {
      return "reply to " + nameOf(command);
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return limits.reply();
    }
  }

  /**
   * Commands were sent at once, none of which opens a transfer; their replies come in turn.
   *
   * @param commands whose replies are due, two at least
   */
  record AwaitReplies(List<FtpCommand> commands) implements ControlState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      if (reply.isPreliminary()) {
        throw unexpected(reply, this);
      }
      out.emit(new FtpClientEvent.Answered(reply));
      List<FtpCommand> left = commands.subList(1, commands.size());
      return left.size() == 1 ? new AwaitReply(left.get(0), false) : new AwaitReplies(left);
    }

    @Override
    public String awaits() {
      return "reply to " + nameOf(commands.get(0));
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return limits.reply();
    }
  }

  /**
   * A 1yz reply came.
   *
   * @param flowing data are on their way: no deadline here, the data connection has its own
   * @param keepAlives NOOPs not answered yet
   */
  record AwaitFinal(FtpCommand command, boolean flowing, int keepAlives) implements ControlState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      if (reply.code() == 110) {
        out.emit(new FtpClientEvent.MarkerReceived(reply));
        return this;
      }
      if (reply.isPreliminary()) {
        throw unexpected(reply, this);
      }
      if (keepAlives > 0 && answersKeepAlive(reply)) {
        return new AwaitFinal(command, flowing, keepAlives - 1);
      }
      out.emit(new FtpClientEvent.Answered(reply));
      return after(keepAlives);
    }

    AwaitFinal withKeepAlive(Out out) {
      out.send(new Bare(Verb.NOOP));
      return new AwaitFinal(command, flowing, keepAlives + 1);
    }

    @Override
    public String awaits() {
      return "final reply to " + nameOf(command);
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return flowing ? Duration.ZERO : limits.finalReply();
    }
  }

  /** The transfer is over; these NOOPs sent during it are still to be answered. */
  record AwaitKeepAlives(int keepAlives) implements ControlState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      if (reply.isPreliminary()) {
        throw unexpected(reply, this);
      }
      return after(keepAlives - 1);
    }

    @Override
    public String awaits() {
      return "reply to NOOP";
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return limits.reply();
    }
  }

  /** QUIT was sent. */
  record AwaitGoodbye() implements ControlState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      if (reply.isPreliminary()) {
        return this;
      }
      out.emit(new FtpClientEvent.Answered(reply));
      return new Over();
    }

    @Override
    public String awaits() {
      return "reply to QUIT";
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return limits.reply();
    }
  }

  /** The session has ended: nothing is read any more. */
  record Over() implements ControlState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      throw unexpected(reply, this);
    }

    @Override
    public String awaits() {
      return "nothing";
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return Duration.ZERO;
    }
  }

  private static String nameOf(FtpCommand command) {
    String line = command.describe();
    int space = line.indexOf(' ');
    return space < 0 ? line : line.substring(0, space);
  }
}
