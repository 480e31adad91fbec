package dev.sluice.ftp.core;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.Verb;
import java.time.Duration;
import java.util.Optional;

/**
 * A transfer is being cut short (RFC 959 section 4.1.3, RFC 1123 section 4.1.4.4): ABOR was sent
 * and two replies are due, that of the transfer and that of ABOR, in either order. A server that
 * sends only one is brought back in step by NOOP, whose 200 differs from every reply to the other
 * commands.
 *
 * <p>Keep-alive NOOPs that were outstanding are counted on.
 */
sealed interface AbortState extends ControlState {

  /** Neither of the two replies has come. */
  record AwaitFirstReply(int keepAlives) implements AbortState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      if (reply.isPreliminary()) {
        return this; // it crossed with ABOR
      }
      if (keepAlives > 0 && reply.code() == 200) {
        return new AwaitFirstReply(keepAlives - 1);
      }
      return new AwaitSecondReply(keepAlives);
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return limits.abort();
    }
  }

  /** One of the two replies has come; after a while NOOP asks whether there is another. */
  record AwaitSecondReply(int keepAlives) implements AbortState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      if (reply.isPreliminary()) {
        throw ControlState.unexpected(reply, this);
      }
      if (keepAlives > 0 && reply.code() == 200) {
        return new AwaitSecondReply(keepAlives - 1);
      }
      return ControlState.after(keepAlives);
    }

    @Override
    public Optional<ControlState> onTimeout(Out out) {
      out.send(new Bare(Verb.NOOP));
      return Optional.of(new AwaitResync(keepAlives + 1, true));
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return limits.abortGrace();
    }
  }

  /**
   * NOOP was sent to find the end of the server's replies.
   *
   * @param secondMayCome the other reply has not come and still may
   */
  record AwaitResync(int keepAlives, boolean secondMayCome) implements AbortState {
    @Override
    public ControlState on(FtpReply reply, Out out) {
      if (reply.code() == 200) {
        return keepAlives == 1 ? new Idle() : new AwaitResync(keepAlives - 1, secondMayCome);
      }
      if (reply.isPreliminary() || !secondMayCome) {
        throw ControlState.unexpected(reply, this);
      }
      return new AwaitResync(keepAlives, false);
    }

    @Override
    public Duration timeout(ControlLimits limits) {
      return limits.abort();
    }
  }

  @Override
  default String awaits() {
    return "reply to ABOR";
  }
}
