package dev.sluice.ssh.channel;

import dev.sluice.ssh.packet.PacketSink;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** Data that waits for the peer's window, in the order it was given. */
final class SendQueue {
  private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
  private long octets;

  private record Piece(ByteBuf data, int type) {}

  /** Takes the buffer. */
  void add(ByteBuf data, int type) {
    if (data.isReadable()) {
      octets += data.readableBytes();
      waiting.add(new Piece(data, type));
    } else {
      data.release();
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  long octets() {
    return octets;
  }

  /** Sends one message of at most {@code most} octets; answers how many it took. */
  int send(PacketSink out, int peerChannel, int most) {
    Piece piece = waiting.element();
    int length = Math.min(most, piece.data.readableBytes());
    out.sendData(peerChannel, piece.type, piece.data, length);
    octets -= length;
    if (!piece.data.isReadable()) {
      waiting.remove();
      piece.data.release();
    }
    return length;
  }

  void clear() {
    waiting.forEach(piece -> piece.data.release());
    waiting.clear();
    octets = 0;
  }
}
