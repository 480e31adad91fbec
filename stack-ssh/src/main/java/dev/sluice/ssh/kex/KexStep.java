package dev.sluice.ssh.kex;

import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The state of an exchange and what it needs next. A core sends, waits and hands work on; the next
 * step is always a return value.
 *
 * <pre>
 * client:             Work → Send(30) → Await(31) → Work → Done
 * server:             Await(30) → Work → Send(31) → Done
 * group exchange, c:  Send(34) → Await(31) → Work → Send(32) → Await(33) → Work → Done
 * group exchange, s:  Await(34) → Send(31) → Await(32) → Work → Send(33) → Done
 * </pre>
 *
 * <p>Every step throws {@link dev.sluice.ssh.wire.SshViolation} when the peer broke a rule; the
 * exchange has failed then.
 */
public sealed interface KexStep {

  /** Work of up to some hundred milliseconds: run it once, off the event loop, on any thread. */
  record Work(Supplier<KexStep> next) implements KexStep {

    /** Does it. */
    public KexStep run() {
      return next.get();
    }
  }

  /**
   * A message to send at once.
   *
   * @param payload the whole payload, message number first
   * @param next where the exchange stands when it is sent
   */
  record Send(byte[] payload, KexStep next) implements KexStep {}

  /**
   * Waits for one message of the peer; any other number of the method's range breaks a rule.
   *
   * @param number the message's number
   * @param next reads the message; quick
   */
  record Await(int number, Function<ByteBuf, KexStep> next) implements KexStep {

    /** Reads the fields after the message number; borrows the buffer. */
    public KexStep receive(ByteBuf fields) {
      return next.apply(fields);
    }
  }

  /** The exchange has succeeded: on the client the host's signature is verified. */
  record Done(KexResult result) implements KexStep {}
}
