package dev.sluice.ssh.core;

import dev.sluice.ssh.algorithm.PacketOpener;
import dev.sluice.ssh.kex.KexStep;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.message.TransportMessage.NewKeys;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;

/** The state of a key exchange; each state accepts only the message that it waits for. */
sealed interface ExchangeState {

  /**
   * Takes a message of number 20 to 49 and returns the next state.
   *
   * @param payload the whole payload, its reader index after the number
   */
  default ExchangeState on(int number, ByteBuf payload, KeyExchange exchange) {
    throw SshViolation.protocol(
        "key exchange: message " + number + " in state " + getClass().getSimpleName());
  }

  /** No exchange runs. */
  record Idle() implements ExchangeState {
    @Override
    public ExchangeState on(int number, ByteBuf payload, KeyExchange exchange) {
      if (number != KexInit.NUMBER) {
        return ExchangeState.super.on(number, payload, exchange);
      }
      exchange.peerBegins();
      return exchange.begin().on(number, payload, exchange);
    }
  }

  /**
   * Our KEXINIT has been sent; the peer's has not arrived.
   *
   * @param sent its payload
   */
  record AwaitKexInit(KexInit ours, byte[] sent) implements ExchangeState {
    @Override
    public ExchangeState on(int number, ByteBuf payload, KeyExchange exchange) {
      if (number != KexInit.NUMBER) {
        return ExchangeState.super.on(number, payload, exchange);
      }
      return exchange.negotiate(this, payload);
    }
  }

  /** The peer's next message of the method is due. */
  record AwaitMethodMessage(KexStep.Await step, Agreement agreed) implements ExchangeState {
    @Override
    public ExchangeState on(int number, ByteBuf payload, KeyExchange exchange) {
      if (number != step.number()) {
        return ExchangeState.super.on(number, payload, exchange);
      }
      return exchange.proceed(step.receive(payload), agreed);
    }
  }

  /** Something is computed or decided; no packet is handled meanwhile. */
  record Busy() implements ExchangeState {}

  /**
   * Our NEWKEYS has been sent; the peer's has not arrived.
   *
   * @param opener for the packets after it
   */
  record AwaitNewKeys(PacketOpener opener, Agreement agreed) implements ExchangeState {
    @Override
    public ExchangeState on(int number, ByteBuf payload, KeyExchange exchange) {
      if (number != NewKeys.NUMBER) {
        return ExchangeState.super.on(number, payload, exchange);
      }
      NewKeys.decode(payload);
      return exchange.end(opener, agreed);
    }
  }
}
