package dev.sluice.ssh.core;

import dev.sluice.api.SessionClosed;
import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;

/** Hands each packet to the part of the core that it is for (RFC 4251 section 7). */
final class Dispatch {
  private final SecureTransport transport;
  private final Deadlines deadlines;
  private final Supplier<Layer> present;

  /**
   * @param present the present layer; the end of a key exchange changes it too
   */
  Dispatch(SecureTransport transport, Deadlines deadlines, Supplier<Layer> present) {
    this.transport = transport;
    this.deadlines = deadlines;
    this.present = present;
  }

  /** Takes the payload of a packet and returns the layer that follows. */
  Layer handle(ByteBuf payload, long nowNanos) {
    Layer layer = present.get();
    boolean handedOver = false;
    try {
      int number = payload.readUnsignedByte();
      transport.log().received(number, payload.readableBytes());
      if (!transport.exchange().gate().admit(number, payload.readableBytes())) {
        return layer;
      }
      boolean data =
          number == ChannelMessage.Data.NUMBER || number == ChannelMessage.ExtendedData.NUMBER;
      if (data && layer instanceof Connection connection) {
        handedOver = true;
        connection.channels().onData(number, payload);
        return layer;
      }
      return route(number, payload, layer, nowNanos);
    } finally {
      if (!handedOver) {
        payload.release();
      }
    }
  }

  private Layer route(int number, ByteBuf in, Layer layer, long nowNanos) {
    if (isOfAService(number, layer)) {
      return layer.on(number, in);
    }
    switch (number) {
      case 0 -> throw SshViolation.protocol("packet: message 0");
      case TransportMessage.Disconnect.NUMBER ->
          throw new SessionClosed(
              "the peer disconnected: " + TransportMessage.Disconnect.decode(in).describe());
      case TransportMessage.Ignore.NUMBER -> TransportMessage.Ignore.decode(in);
      case TransportMessage.Unimplemented.NUMBER -> TransportMessage.Unimplemented.decode(in);
      case TransportMessage.Debug.NUMBER -> TransportMessage.Debug.decode(in);
      case TransportMessage.ExtInfo.NUMBER ->
          transport.extensions().on(TransportMessage.ExtInfo.decode(in));
      case TransportMessage.Ping.NUMBER -> onPing(in, layer);
      case TransportMessage.Pong.NUMBER -> TransportMessage.Pong.decode(in);
      default -> {
        if (number >= KexInit.NUMBER && number <= ExchangeGate.LAST_NUMBER) {
          deadlines.exchangeBegan(nowNanos);
          transport.exchange().on(number, in);
        } else {
          transport
              .out()
              .send(new TransportMessage.Unimplemented(transport.reader().lastSequence()));
        }
      }
    }
    return present.get();
  }

  private static boolean isOfAService(int number, Layer layer) {
    boolean inRange =
        number == TransportMessage.ServiceRequest.NUMBER
            || number == TransportMessage.ServiceAccept.NUMBER
            || number >= 50 && number <= 127;
    return inRange && !(layer instanceof Connection && Connection.isUnassigned(number));
  }

  private void onPing(ByteBuf in, Layer layer) {
    if (!(layer instanceof Connection)) {
      throw SshViolation.protocol("ping: before the login");
    }
    transport.out().send(new TransportMessage.Pong(TransportMessage.Ping.decode(in).data()));
  }
}
